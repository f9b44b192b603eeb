// Answers queries on the search page. In: a text, a function that loads a script of the site, and the address of the
// site's root. Out: a promise of nothing for a text that is no query, or of what was
// found: { said } of what is wrong, `place` to put on the page, `rows`, and `draw`, which adds some of them to the place.
"use strict";
const ledgerAnswers = (() => {
  const { files, owners, plurals, clauses } = ledgerLanguage;
  const folders = Object.fromEntries(plurals);
  const asking = ledgerAsking(ledgerLanguage);
  const answer = ledgerAnswering(ledgerLanguage, asking);
  const SIGN = new RegExp(`[=<>]|\\s(?:${["where", "count", ...clauses].join("|")})\\b`, "i"); // of what is meant as a query
  const data = {};
  window.ledgerData = (file, rows) => {
    const name = file.split("-")[0];
    const known = (data[name] ??= {});
    for (const [id, row] of Object.entries(rows)) known[id] = name === "links" ? row : { ...known[id], ...row };
  };

  const element = (name, ...inner) => {
    const made = document.createElement(name);
    made.append(...inner);
    return made;
  };
  const sentence = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  const coded = (text) => sentence(text).split("`").map((piece, at) => (at % 2 ? element("code", piece) : piece));
  const words = (value) => {
    if (Array.isArray(value)) return value.map(words).join("; ");
    return value === null ? "—" : typeof value === "object" ? JSON.stringify(value) : String(value);
  };

  const wrong = (text, { message, hint, start, end }) => {
    const mark = element("mark", text.slice(start, end) || "\u00a0"); // at the end, where something is missing
    const place = element("div", element("pre", text.slice(0, start), mark, text.slice(end)), element("p", ...coded(hint)));
    return { said: coded(message), place, rows: [] };
  };

  // A table. Of records the title comes first and leads to the page, so neither it nor the id has a column of its own.
  const drawn = ({ ids, columns, rows, about }, isChosen, root) => {
    const isShown = (name) => !ids.length || (name !== "title" && (isChosen || name !== "id"));
    const kept = columns.map((name, at) => [name, at]).filter(([name]) => isShown(name));
    const head = [...(ids.length ? ["title"] : []), ...kept.map(([name]) => name)];
    const cells = head.map((name) => Object.assign(element("th", name), { scope: "col" }));
    const body = element("tbody");
    const link = ({ id, kind, title, plain }) => {
      const [record, part] = id.split("/");
      const url = `${folders[owners[kind]?.[0] ?? kind]}/${record}.html`;
      return Object.assign(element("a", plain ?? title), { href: root + url + (part ? `#${part}` : "") });
    };
    const line = (values, at) => element("tr", ...(ids.length ? [element("td", link(about[at]))] : []), ...kept.map(([, of]) => element("td", words(values[of]))));
    const draw = (from, to) => body.append(...rows.slice(from, to).map((values, at) => line(values, from + at)));
    const table = element("table", element("thead", element("tr", ...cells)), body);
    return { place: rows.length ? table : "", rows, draw };
  };

  return async (text, load, root) => {
    try {
      const asked = asking.parse(text);
      await Promise.all([...asked.files].filter((file) => files.includes(file)).map((file) => load(`query/${file}.js`)));
      return drawn(answer(asked, data), asked.isChosen, root);
    } catch (problem) {
      if (problem instanceof Error) throw problem;
      return SIGN.test(text) ? wrong(text, problem) : null;
    }
  };
})();
