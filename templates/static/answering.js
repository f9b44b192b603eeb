// Answers queries. In: the data of `query/language.js`, and what `asking.js` gives. Out: a function from a question and
// the data to what is found: { ids, columns, rows, about }, where `about` has the kind and title of each id; or it throws
// what is wrong. `data` holds the rows of each kind by id, and under `links` the nodes by id, former ids, and edges by
// name. It touches no page.
"use strict";
const ledgerAnswering = (language, { plurals, kept, lower, fail, suggestion, reachedBy, dateIn }) => {
  const EVERY = "record"; // in place of a kind: all that have a page

  const follow = (value, path, inList = false) => {
    if (Array.isArray(value)) return value.flatMap((inner) => follow(inner, path, true));
    if (value === undefined) return [];
    if (!path.length) return [{ value, inList }];
    return typeof value === "object" ? follow(value[path[0]], path.slice(1), inList) : [];
  };
  const valuesOf = ({ path, isCount }, row) => {
    const found = follow(row, path);
    return isCount ? [found.filter(({ inList }) => inList).length] : found.map(({ value }) => value);
  };
  const keyOf = ({ type, choices }, value) => (type === "date" ? dateIn(value) : type === "scale" ? choices.indexOf(value) : lower(value));
  const compare = (one, other) => (one > other) - (one < other);
  const compareBy = (column) => (one, other) => {
    const [a, b] = [keyOf(column, one), keyOf(column, other)];
    if (column.type !== "date") return compare(a, b);
    return compare(a.from, b.from) || compare(a.precision, b.precision) || compare(a.to, b.to) || compare(a.text, b.text);
  };
  const textsIn = (value) =>
    typeof value === "string" ? [value] : typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
  const DATES = {
    "=": (one, other) => other.from <= one.from && one.to <= other.to,
    "<": (one, other) => one.to < other.from,
    "<=": (one, other) => one.to <= other.to,
    ">": (one, other) => one.from > other.to,
    ">=": (one, other) => one.from >= other.from,
  };
  const ORDERS = { "=": (sign) => sign === 0, "<": (sign) => sign < 0, "<=": (sign) => sign <= 0, ">": (sign) => sign > 0, ">=": (sign) => sign >= 0 };
  const holds = (column, sign, value, other, of) => {
    if (sign === "contains") return textsIn(value).some((text) => lower(text).includes(lower(other)));
    const [one, two] = [keyOf(column, value), keyOf(of, other)];
    if (column.type !== "date") return ORDERS[sign](compare(one, two));
    const unknown = [one, two].filter(({ text }) => text === "unknown").length;
    return unknown ? sign === "=" && unknown === 2 : DATES[sign](one, two);
  };
  const holdsOfAny = ({ column, sign, other }, values, others) =>
    sign === "exists" ? values.length > 0 : values.some((value) => others.some((one) => holds(column, sign, value, one, other ?? column)));

  // Tests on one list of parts are about one part of it.
  const holdTogether = (value, pending) => {
    if (Array.isArray(value) && typeof value[0] === "object") return value.some((part) => holdTogether(part, pending));
    const below = new Map();
    for (const { test, path, beside, values } of pending) {
      const parted = beside && (!path.length || path[0] !== beside[0]); // the ways to the two columns part here
      const others = parted ? follow(value, beside).map((found) => found.value) : values;
      const next = { test, path: path.slice(1), beside: parted ? null : beside?.slice(1), values: others };
      if (path.length) below.set(path[0], [...(below.get(path[0]) ?? []), next]);
      else if (!holdsOfAny(test, follow(value, []).map((found) => found.value), others)) return false;
    }
    return [...below].every(([name, inner]) => holdTogether(typeof value === "object" ? value[name] : undefined, inner));
  };
  const allHold = (row, tests) => {
    const pending = [];
    for (const test of tests) {
      const { column, other } = test;
      const beside = column.isField && other?.isField ? other.path : null;
      const values = other && !beside ? valuesOf(other, row) : test.values;
      if (column.isField) pending.push({ test, path: column.path, beside, values });
      else if (!holdsOfAny(test, valuesOf(column, row), values)) return false;
    }
    return holdTogether(row, pending);
  };

  return (asked, data) => {
    const { nodes = {}, former = {}, edges = {}, as_of: today } = data.links ?? {};
    const owner = (id) => id.split("/")[0];
    const kindOf = (id) => nodes[id]?.[0];
    const datesOf = (id) => (nodes[id]?.slice(1) ?? []).map((date) => [date]);
    const kindsOf = (kind) => (kind === EVERY ? language.records : [kind]);
    const rowsOf = kept((kind) => new Map(kindsOf(kind).flatMap((one) => (language.owners[one] ? partsOf(one) : recordsOf(one)))));
    // A row with what follows from its place: its id, kind and file, and its title where that has another name.
    const recordsOf = (kind) =>
      Object.entries(data[plurals[kind]] ?? {}).map(([id, row]) => {
        const title = row[language.titles[kind] ?? "title"];
        return [id, { file: `${plurals[kind]}/${id}.yml`, ...row, id, kind, ...(title === undefined ? {} : { title }) }];
      });
    const partsOf = (kind) => {
      const [owner, list] = language.owners[kind];
      return recordsOf(owner).flatMap(([record, { file, [list]: parts = [] }]) =>
        parts.map((part) => {
          const id = `${record}/${part.id}`;
          const title = part.shows ?? `${part.stance} ${part.position}`;
          return [id, { ...part, ...data[plurals[kind]]?.[id], id, kind, title, file, [owner]: record }];
        }));
    };

    const presentId = (word, known) => {
      const [record, ...part] = lower(word.text).split("/");
      const id = [Object.hasOwn(former, record) ? former[record] : record, ...part].join("/");
      return Object.hasOwn(nodes, id) ? id : fail(word, "no_id", {}, suggestion(word.text, known));
    };
    const resolved = (test) => {
      if (test.column.type !== "id" || test.sign === "contains" || !test.tokens.length) return test;
      return { ...test, values: test.tokens.map((word) => presentId(word, Object.keys(nodes))) };
    };
    const select = ({ kind, filter }) => passing(filter, [...rowsOf(kind).keys()], rowsOf(kind));
    const passing = (test, among, rows) => {
      if (test.column) return passing({ join: "and", filters: [test] }, among, rows);
      const within = (filter) => new Set(passing(filter, among, rows));
      if (test.meant) {
        const reached = traversed(test);
        return among.filter((id) => reached.has(id));
      }
      const sets = test.join === "and" ? [] : test.filters.map(within);
      if (test.join === "or") return among.filter((id) => sets.some((found) => found.has(id)));
      if (test.join === "not") return among.filter((id) => !sets[0].has(id));
      const compared = test.filters.filter((one) => one.column).map(resolved);
      const left = among.filter((id) => allHold(rows.get(id), compared));
      return test.filters.filter((one) => !one.column).reduce((found, one) => passing(one, found, rows), left);
    };

    // Steps. What a part refers to counts as its record's too.

    const near = kept((isForward) => {
      const found = new Map();
      for (const [name, links] of Object.entries(edges)) {
        for (const [start, target, effect, dates] of links) {
          const [here, other] = isForward ? [start, target] : [target, start];
          for (const node of new Set([here, owner(here)])) {
            if (!found.has(node)) found.set(node, []);
            if (other !== node) found.get(node).push({ name, here, other, effect, dates });
          }
        }
      }
      return found;
    });
    const targetId = ({ meant: ways, target }) => {
      const fits = (id) => ["", EVERY, kindOf(id)].includes(target.kind);
      const reached = (id) => ways.some((way) => way.after.includes(kindOf(id)));
      const id = presentId(target.id, Object.keys(nodes).filter((one) => fits(one) && reached(one)));
      const [kind, places] = [kindOf(id), { kinds: plurals[kindOf(id)] }];
      if (!fits(id)) fail(target.id, "of_other_kind", { ...places, kind, wanted: plurals[target.kind] });
      if (!reached(id)) fail(target.id, "not_reached", { ...places, step: ways[0].phrase, end: reachedBy(ways) });
      return id;
    };
    const traversed = (test) => {
      const { meant: ways, target, times } = test;
      const begin = target.id ? [targetId(test)] : select(target);
      const atTime = ({ column, sign, values }) => (date) => holds(column, sign, date, values[0], column);
      const touches = (periods) => periods.some((period) => times.every((time) => period.some(atTime(time))));
      const found = new Set();
      for (const { after, paths, dated } of ways) {
        const start = begin.filter((id) => after.includes(kindOf(id)));
        for (const path of paths) {
          for (const end of walk(start, path, dated && times.length ? touches : null)) {
            if (dated || !times.length || touches(datesOf(end))) found.add(end);
          }
        }
      }
      return found;
    };
    const walk = (nodes_, path, inTime) => {
      const passes = (node) => !inTime || !node.includes("/") || inTime(datesOf(node));
      let reached = nodes_.filter(passes);
      for (const [edge, kind, isForward, effect, date, often] of path) {
        const isMeant = ({ name }) => name === edge || (edge === "any" && !language.apart.includes(name));
        const inPeriod = ({ dates = {} }) => {
          const period = date === "from" ? [dates.from, dates.until ?? today] : [dates[date]];
          return !inTime || !date || inTime([period.filter(Boolean)]);
        };
        const goes = (link) => isMeant(link) && (!effect || link.effect === effect) && inPeriod(link);
        const across = (node) =>
          (near(isForward).get(node) ?? [])
            .filter((link) => goes(link) && (often || (passes(link.here) && passes(link.other))))
            .flatMap(({ other }) => [other, owner(other)].filter((id) => id !== node));
        const found = new Set(often === "*" ? reached : reached.flatMap(across));
        if (often) for (const node of found) for (const other of across(node)) found.add(other); // those added come up too
        reached = [...found].filter((node) => passes(node) && (!kind || kindOf(node) === kind));
      }
      return reached;
    };

    const rows = rowsOf(asked.selection.kind);
    let ids = select(asked.selection).sort();
    for (const { column, isDown } of [...asked.order].reverse()) {
      const valued = ids.map((id) => ({ id, values: valuesOf(column, rows.get(id)) }));
      const by = compareBy(column);
      const some = valued.filter(({ values }) => values.length);
      some.sort((one, other) => (isDown ? -1 : 1) * by(one.values[0], other.values[0]));
      ids = [...some, ...valued.filter(({ values }) => !values.length)].map(({ id }) => id);
    }
    const names = (asked.counted ?? asked.shown).map(({ name }) => name);
    if (!asked.counted) {
      const shown = ids.slice(0, asked.limit);
      const cells = shown.map((id) => asked.shown.map((column) => valuesOf(column, rows.get(id))));
      return { columns: names, ids: shown, rows: cells, about: shown.map((id) => rows.get(id)) };
    }
    const counted = new Map();
    for (const id of ids) {
      let groups = [[]];
      for (const column of asked.counted) {
        const values = [...new Set(valuesOf(column, rows.get(id)))];
        groups = groups.flatMap((group) => (values.length ? values : [null]).map((value) => [...group, value]));
      }
      for (const group of groups) {
        const key = JSON.stringify(group);
        counted.set(key, { group, count: (counted.get(key)?.count ?? 0) + 1 });
      }
    }
    if (!names.length) counted.set("[]", { group: [], count: ids.length });
    const orders = asked.counted.map(compareBy);
    const byValue = ({ group: one }, { group: other }) => {
      for (const [at, by] of orders.entries()) {
        const [a, b] = [one[at], other[at]];
        const sign = a === null || b === null ? (a === null) - (b === null) : by(a, b);
        if (sign) return sign;
      }
      return 0;
    };
    const found = [...counted.values()].sort((one, other) => other.count - one.count || byValue(one, other));
    return { columns: [...names, "count"], ids: [], rows: found.slice(0, asked.limit).map(({ group, count }) => [...group, count]) };
  };
};
