// A list, narrowed and sorted where it stands; the address holds how. One of several pages has its own rows until
// something is asked for, then those of all pages.
"use strict";
(() => {
  const form = document.getElementById("listing");
  const { q: field, sort } = form.elements;
  const selects = [...form.querySelectorAll("select")];
  const controls = [field, ...selects];
  const filters = selects.filter((select) => select !== sort);
  const status = form.querySelector("[role=status]");
  const jumps = document.querySelector(".jumps");
  const lists = [...document.querySelectorAll("[data-listing]")].map((list) => ({ list, items: [...list.children] }));
  const paging = document.querySelector(".paging");
  let all = lists.flatMap(({ items }) => items);
  const own = new Set(all);
  const texts = new Map();
  let whole = !paging;
  let reading;
  let sorted = "";
  let soon = 0;

  const number = (count) => {
    try {
      return count.toLocaleString(document.documentElement.lang);
    } catch {
      return count;
    }
  };
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toUpperCase().toLowerCase();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, fold(item.textContent));
    return texts.get(item);
  };
  const isAsked = () => controls.some(({ value }) => value.trim());
  // An item has the numbers of its options, through all boxes, and one for each order but the first.
  const options = filters.flatMap((filter) => [...filter.options].slice(1));
  const has = (item, option) => ` ${item.dataset.options} `.includes(` ${options.indexOf(option)} `);

  // Showing

  const narrow = () => {
    const asked = isAsked();
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const wanted = filters.filter((filter) => filter.value).map((filter) => filter.selectedOptions[0]);
    let shown = 0;
    for (const item of all) {
      const facets = wanted.every((option) => has(item, option));
      const fits = asked ? facets && words.every((word) => textOf(item).includes(word)) : own.has(item);
      if (item.hidden === fits) item.hidden = !fits;
      shown += fits;
    }
    for (const { list, items } of lists) {
      const part = list.closest("section");
      if (part) part.hidden = items.every((item) => item.hidden);
    }
    if (jumps) jumps.hidden = asked && (shown < all.length || sort.value !== "");
    if (paging) paging.hidden = asked && whole;
    const say = !asked || (whole && shown === all.length) ? "whole" : !whole ? "page" : shown ? "some" : "nothing";
    status.textContent = form.dataset[say].replace("{n}", number(shown));
  };

  // Items without a number stay behind, equal ones in the order of the page.
  const order = () => {
    if (sort.value === sorted) return;
    sorted = sort.value;
    const rank = (item) => Number(item.dataset.orders.split(" ")[sort.selectedIndex - 1]);
    const compare = (one, other) => rank(one) - rank(other) || isNaN(rank(one)) - isNaN(rank(other));
    for (const { list, items } of lists) list.append(...(sorted ? items.toSorted(compare) : items));
  };

  const show = async () => {
    clearTimeout(soon);
    if (isAsked() && !whole) {
      status.textContent = form.dataset.reading;
      reading ??= readPages(form.dataset.pages.split(" "), lists).then((read) => (whole = read));
      if (await reading) all = lists.flatMap(({ items }) => items);
    }
    order();
    narrow();
  };

  // The address

  const readAddress = () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") ?? "";
    for (const select of selects) {
      select.value = asked.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    void show();
  };

  const write = (change) => {
    const asked = controls.map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value);
    const query = new URLSearchParams(asked).toString();
    try {
      history[change](null, "", query ? `?${query}` : location.pathname);
    } catch {
      // some browsers keep the address of a page from disk
    }
  };

  const changed = (how) => {
    write(how);
    return show();
  };

  // What the reader does

  form.addEventListener("input", ({ target }) => {
    clearTimeout(soon);
    // in a long list the next letter is waited for
    if (target === field) soon = setTimeout(changed, all.length / 30, "replaceState");
  });
  form.addEventListener("change", ({ target }) => target !== field && changed("pushState"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await changed("replaceState");
    document.querySelector("[data-listing] li:not([hidden]) a")?.focus();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const control of controls) control.value = "";
    changed("pushState");
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.preventDefault();
    field.value = "";
    changed("replaceState");
  });
  window.addEventListener("popstate", readAddress);

  form.hidden = false;
  readAddress();
  const chosen = selects.some((select) => select.value);
  form.querySelector("details").open = chosen || Boolean(field.value);
})();
