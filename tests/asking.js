// Answers the queries of a JSON list on standard input, in turn, from the folder of a site: ids and rows, or what is wrong.
const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");
const [, , site, scripts] = process.argv;
const data = {};
globalThis.ledgerData = (file, rows) => {
  const [name, more] = file.split("-");
  data[name] ??= {};
  if (!more) Object.assign(data[name], rows);
  else for (const [id, row] of Object.entries(rows)) Object.assign((data[name][id] ??= {}), row);
};
const load = (path) => runInThisContext(readFileSync(path, "utf8"), path);
load(`${site}/query/language.js`);
for (const name of ["asking", "answering"]) load(`${scripts}/${name}.js`);
const asking = runInThisContext("ledgerAsking(ledgerLanguage)");
const answer = runInThisContext("ledgerAnswering")(runInThisContext("ledgerLanguage"), asking);
const loaded = new Set();
const ask = (query) => {
  try {
    const asked = asking.parse(query);
    for (const file of asked.files) {
      if (runInThisContext("ledgerLanguage").files.includes(file) && !loaded.has(file)) load(`${site}/query/${file}.js`);
      loaded.add(file);
    }
    return answer(asked, data);
  } catch (wrong) {
    if (wrong instanceof Error) throw wrong;
    return wrong;
  }
};
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(ask)));
