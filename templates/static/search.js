// The search page. `ledgerSearch` holds the records, MiniSearch finds them, the address holds what is sought.
"use strict";
(() => {
  const PAGE = 50; // results shown at a time
  const SLICE = 12; // milliseconds of indexing before the page may react again
  const MARKS = /([\n\r\p{Z}\p{P}]+)/u; // where MiniSearch parts words
  const form = document.getElementById("search");
  const field = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const filters = [...form.querySelectorAll("select")];
  const wordsOf = (select) => new Map([...(select?.options ?? [])].map((option) => [option.value, option.text]));
  const kindWords = wordsOf(form.elements.kind);
  const controversyWords = wordsOf(form.elements.controversy);
  const say = form.dataset;

  const column = Object.fromEntries(ledgerSearch.fields.map((name, at) => [name, at]));
  const fold = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const records = byTitle(ledgerSearch.records);
  const index = new MiniSearch({
    idField: "at",
    fields: ["title", "also", "text"],
    extractField: (entry, name) => (name === "at" ? entry.at : entry.record[column[name]]),
    processTerm: fold,
  });
  const how = {
    boost: { title: 4, also: 2 },
    prefix: (word) => word.length > 1,
    fuzzy: (word) => (word.length > 3 ? 0.2 : false),
    weights: { prefix: 0.3, fuzzy: 0.1 }, // a word as it was typed comes first
  };
  let indexed = 0;
  let found = [];
  let shown = 0;

  // The order of the alphabet: letters without case and accents, all else a space.
  function byTitle(rows) {
    const letters = (row) => fold(row[column.title]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    const keyed = rows.map((row) => [letters(row), row]);
    return keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, row]) => row);
  }

  const build = () => {
    const until = performance.now() + SLICE;
    while (indexed < records.length && performance.now() < until) {
      index.add({ at: indexed, record: records[indexed] });
      indexed += 1;
    }
    if (indexed < records.length) setTimeout(build);
    else if (field.value.trim()) complete();
  };

  // Results that came from a part of the index are found anew; who stands in them stays there.
  const complete = () => {
    const inside = list.contains(document.activeElement);
    search();
    if (inside) links()[0]?.focus();
  };

  // Seeking

  const chosen = () => filters.filter((filter) => filter.value).map((filter) => [column[filter.name], filter.value]);

  const fits = (record, wanted) =>
    wanted.every(([at, value]) => (Array.isArray(record[at]) ? record[at].includes(value) : record[at] === value));

  const seek = (words, wanted) => {
    const filter = (result) => fits(records[result.id], wanted);
    const whole = index.search(words, { ...how, filter, combineWith: "AND" });
    return whole.length ? whole : index.search(words, { ...how, filter });
  };

  const search = () => {
    const words = field.value.trim();
    const wanted = chosen();
    if (words) found = seek(words, wanted);
    else found = wanted.length ? records.flatMap((record, id) => (fits(record, wanted) ? [{ id, match: {} }] : [])) : [];
    shown = 0;
    list.replaceChildren();
    showMore();
    status.textContent = words || wanted.length ? tally(words) : say.start;
  };

  const tally = (words) => {
    if (words && indexed < records.length) return say.reading;
    if (!found.length) return say.nothing;
    if (found[0].terms && found[0].queryTerms.length < parts(words)) return say.some.replace("{n}", found.length);
    return found.length === 1 ? say.one : say.many.replace("{n}", found.length);
  };

  const parts = (words) => new Set(words.split(MARKS).map(fold).filter((word) => word && !MARKS.test(word))).size;

  // Showing

  const element = (name, className, ...inner) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inner);
    return made;
  };

  const marked = (text, match) =>
    text.split(MARKS).map((word) => (Object.hasOwn(match, fold(word)) ? element("mark", "", word) : word));

  const result = ({ id, match }) => {
    const record = records[id];
    const link = element("a", "", ...marked(record[column.title], match));
    link.href = say.root + record[column.url];
    const about = record[column.kind] === "controversy" ? [] : record[column.controversy];
    const known = [kindWords.get(record[column.kind]), record[column.standing], about.map((id) => controversyWords.get(id))];
    const standing = known.flat().filter(Boolean).join(" · ");
    const text = record[column.text] ? [element("p", "text", ...marked(record[column.text], match))] : [];
    return element("li", "", link, " ", element("span", "meta", standing), ...text);
  };

  const showMore = () => {
    list.append(...found.slice(shown, shown + PAGE).map(result));
    shown += PAGE;
    more.hidden = shown >= found.length;
  };

  // The address

  const read = () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") ?? "";
    for (const filter of filters) filter.value = asked.get(filter.name) ?? "";
    for (const filter of filters) if (filter.selectedIndex < 0) filter.value = "";
    search();
  };

  const write = (change) => {
    const asked = [["q", field.value.trim()], ...filters.map((filter) => [filter.name, filter.value])];
    const query = new URLSearchParams(asked.filter(([, value]) => value)).toString();
    try {
      history[change](null, "", query ? `?${query}` : location.pathname);
    } catch {
      // some browsers keep the address of a page from disk as it is; the search works all the same
    }
  };

  // The keyboard

  const links = () => [...list.querySelectorAll("a")];

  const move = (step) => {
    const all = links();
    const next = all.indexOf(document.activeElement) + step;
    (next < 0 ? field : all[Math.min(next, all.length - 1)])?.focus();
  };

  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    if (event.ctrlKey || event.metaKey || event.altKey || (at !== field && !list.contains(at))) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp" && at !== field) move(-1);
    else if (event.key === "Escape" && at !== field) field.focus();
    else if (event.key === "Escape" && field.value) clear();
    else return;
    event.preventDefault();
  });

  const clear = () => {
    field.value = "";
    write("replaceState");
    search();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.focus();
  });
  field.addEventListener("input", () => {
    write("replaceState");
    search();
  });
  for (const filter of filters) {
    filter.addEventListener("change", () => {
      write("pushState");
      search();
    });
  }
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const filter of filters) filter.value = "";
    write("pushState");
    search();
  });
  more.addEventListener("click", () => {
    const before = shown;
    showMore();
    links()[before]?.focus();
  });
  window.addEventListener("popstate", read);

  // The single key can be switched off: it gets in the way of those who speak to their browser.

  const key = document.getElementById("search-key");
  try {
    key.checked = localStorage.getItem("search-key") !== "off";
    key.addEventListener("change", () => localStorage.setItem("search-key", key.checked ? "on" : "off"));
  } catch {
    key.parentElement.hidden = true;
  }

  form.hidden = false;
  read();
  document.getElementById("search-filters").open = chosen().length > 0 || matchMedia("(width > 48rem)").matches;
  build();
  field.focus({ preventScroll: true });
})();
