// The search page. `ledgerSearch` holds the records, a finder puts them in order, the address holds what is sought. Both
// are loaded for words; who asks a query needs neither.
"use strict";
(() => {
  const PAGE = 50; // results shown at a time
  const SLICE = 12; // milliseconds of indexing before the page may react again
  const form = document.getElementById("search");
  const field = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const answers = document.getElementById("search-answer");
  const more = document.getElementById("search-more");
  const filters = [...form.querySelectorAll("select")];
  const wordsOf = (select) => new Map([...(select?.options ?? [])].map((option) => [option.value, option.text]));
  const kindWords = wordsOf(form.elements.kind);
  const controversyWords = wordsOf(form.elements.controversy);
  const say = form.dataset;
  const forms = JSON.parse(say.found); // by plural form
  const known = (() => {
    try {
      return Intl.getCanonicalLocales(document.documentElement.lang);
    } catch {
      return "en"; // whoever wrote the settings gave another name to the language
    }
  })();
  const plural = new Intl.PluralRules(known);
  const figures = new Intl.NumberFormat(known);

  let finder = null; // of words, with its records and where their columns are
  let column = {};
  let records = [];
  let found = [];
  let whole = true; // whether a record holds all of the words
  let shown = 0;
  let draw = null; // adds some of what was found to the page

  const prepare = async () => {
    await Promise.all(say.wordScripts.split(" ").map(load));
    if (finder) return;
    finder = ledgerFinder(ledgerSearch);
    ({ column, records } = finder);
    build();
    search();
  };

  const build = () => {
    if (finder.readUntil(performance.now() + SLICE)) setTimeout(build);
    else if (field.value.trim()) complete();
  };

  // Results that came from a part of the index are found anew; who stands in them stays there.
  const complete = () => {
    const inside = isResult(document.activeElement);
    search();
    if (inside) links()[0]?.focus();
  };

  // Seeking

  const isNarrowed = () => filters.some((filter) => filter.value);
  const chosen = () => filters.filter((filter) => filter.value).map((filter) => [column[filter.name], filter.value]);

  const fits = (record, wanted) =>
    wanted.every(([at, value]) => (Array.isArray(record[at]) ? record[at].includes(value) : record[at] === value));

  const search = () => {
    const words = field.value.trim();
    if (KINDS.test(words)) ask(words);
    else searchWords(words);
  };

  const searchWords = (words) => {
    if (!finder) {
      prepare();
      [found, draw] = [[], null];
      begin();
      status.textContent = words || isNarrowed() ? say.reading : say.start;
      return;
    }
    const wanted = chosen();
    const fitting = (record) => fits(record, wanted);
    const listed = () => records.flatMap((record, id) => (fitting(record) ? [{ id, hits: [] }] : []));
    ({ results: found, whole } = words ? finder.find(words, fitting) : { results: wanted.length ? listed() : [], whole: true });
    draw = (from, to) => list.append(...found.slice(from, to).map(result));
    begin();
    status.textContent = words || wanted.length ? tally(words) : say.start;
  };

  const begin = (...inner) => {
    shown = 0;
    list.replaceChildren();
    answers.replaceChildren(...inner);
    showMore();
  };

  // What begins with a kind of record may be a query. What answers it is loaded when the first one is typed.

  const KINDS = new RegExp(`^(?:${say.queryKinds})\\s+\\S`, "i");
  const loads = new Map();
  const load = (path) => {
    if (!loads.has(path)) {
      const script = document.createElement("script");
      script.async = false; // they run in the order in which they were asked for
      script.src = say.root + path;
      loads.set(path, new Promise((done) => (script.onload = script.onerror = done)));
      document.head.append(script);
    }
    return loads.get(path);
  };

  const ask = async (text) => {
    await Promise.all(say.queryScripts.split(" ").map(load));
    const answer = await ledgerAnswers(text, load, say.root);
    if (text !== field.value.trim()) return;
    if (!answer) return searchWords(text);
    ({ rows: found, draw } = answer);
    begin(answer.place);
    if (answer.said) status.replaceChildren(...answer.said);
    else status.textContent = found.length ? counted() : say.none;
  };

  const tally = (words) => {
    if (words && !finder.isRead()) return say.reading;
    if (!found.length) return say.nothing;
    return whole ? counted() : say.some;
  };

  const counted = () => {
    return (forms[plural.select(found.length)] ?? forms.other).replace("{count}", figures.format(found.length));
  };

  // Showing

  const element = (name, className, ...inner) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inner);
    return made;
  };

  const marked = (text, hits) =>
    finder.marked(text, hits).map(([piece, isMarked]) => (isMarked ? element("mark", "", piece) : piece));

  const result = ({ id, hits }) => {
    const record = records[id];
    const link = element("a", "", ...marked(record[column.title], hits));
    link.href = say.root + record[column.url];
    const about = ["controversy", "part"].includes(record[column.kind]) ? [] : record[column.controversy];
    const known = [kindWords.get(record[column.kind]), record[column.standing], about.map((id) => controversyWords.get(id))];
    const standing = known.flat().filter(Boolean).join(" · ");
    const text = record[column.text] ? [element("p", "text", ...marked(record[column.text], hits))] : [];
    return element("li", "", link, " ", element("span", "meta", standing), ...text);
  };

  const showMore = () => {
    draw?.(shown, shown + PAGE);
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

  const links = () => [...list.querySelectorAll("a"), ...answers.querySelectorAll("a")];
  const isResult = (node) => list.contains(node) || answers.contains(node);

  const move = (step) => {
    const all = links();
    const next = all.indexOf(document.activeElement) + step;
    (next < 0 ? field : all[Math.min(next, all.length - 1)])?.focus();
  };

  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    if (event.ctrlKey || event.metaKey || event.altKey || (at !== field && !isResult(at))) return;
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
  document.getElementById("search-filters").open = isNarrowed();
  field.focus({ preventScroll: true });
})();
