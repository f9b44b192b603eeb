// The query language, as docs/query-language.md has it and ledger/query reads it. In: the data of `query/language.js`.
// Out: `parse`, which gives the question in a text, with the names of the files that answer it, or throws what is wrong
// and where: { message, hint, start, end }; and what `answering.js` needs to understand the question alike.
"use strict";
const ledgerAsking = (language) => {
  const { columns, texts } = language;
  const bare = (object) => Object.assign(Object.create(null), object); // in which no word is found but its own
  const plurals = bare(Object.fromEntries(language.plurals));
  const [times, kinds] = [bare(language.times), bare(language.kinds)];
  const [otherWords, kindWords] = [bare(language.other_words), bare(language.kind_words)];
  const KEYWORDS = [...Object.keys(times), ...language.clauses, ...language.keywords];
  const KINDS = bare(Object.fromEntries(language.plurals.flatMap(([kind, plural]) => [[plural, kind], [kind, kind]])));
  const EVERY = "record"; // in place of a kind: all that have a page
  const LENGTHS = [6, 5, 4, 3, 2, 1]; // of phrases, in words
  const kept = (make, known = new Map()) => (key) => known.get(key) ?? known.set(key, make(key)).get(key);
  const lower = (value) => (typeof value === "string" ? value.toLowerCase() : value);

  // Problems

  const say = (name, places) => (texts[name] ?? "").replace(/\{(\w+)\}/g, (_, place) => places[place]);
  const shown = ({ type, text }) => (type === "end" ? say("end") : type === "quoted" ? `"${text}"` : `\`${text}\``);
  const fail = (token, name, places, hint) => {
    const all = { token: shown(token), word: token.text, ...places };
    const { start, end } = token;
    throw { message: say(name, all), hint: hint || say(`${name}_hint`, all), start, end: Math.max(end, start + 1) };
  };

  // How many letters two words share in their longest runs, as Ratcliff and Obershelp count them.
  const shared = (one, other) => {
    let [most, here, there] = [0, 0, 0];
    for (let at = 0; at < one.length; at += 1) {
      for (let to = 0; to < other.length; to += 1) {
        let size = 0;
        while (at + size < one.length && one[at + size] === other[to + size]) size += 1;
        if (size > most) [most, here, there] = [size, at, to];
      }
    }
    if (!most) return 0;
    const before = shared(one.slice(0, here), other.slice(0, there));
    return most + before + shared(one.slice(here + most), other.slice(there + most));
  };
  const nearest = (wrong, known) => {
    let [best, found] = [0.7, ""];
    for (const word of [...known].sort()) {
      const likeness = (2 * shared(word, wrong.toLowerCase())) / (word.length + wrong.length);
      if (likeness >= best) [best, found] = [likeness, word];
    }
    return found;
  };
  const meant = (word) => say("did_you_mean", { word: `\`${word}\`` });
  const suggestion = (wrong, known, what) => {
    const near = nearest(wrong.slice(0, language.longest_hint), known);
    const few = what && known.length && new Set(known).size <= language.longest_hint;
    return near ? meant(near) : few ? say(what, { words: [...new Set(known)].sort().join(", ") }) : "";
  };

  // Words

  const TOKENS = new RegExp(language.tokens.map(([name, form]) => `(?<${name}>${form})`).join("|"), "gu");
  const token = (type, text, start, end) => {
    const key = type === "word" || type === "sign" ? text.toLowerCase() : "";
    const isValue = (type === "word" || type === "quoted") && !KEYWORDS.includes(key);
    return { type, text, start, end, key, isValue, column: key.replaceAll("-", "_") };
  };
  const tokenize = (query) => {
    const { longest } = language;
    if (query.length > longest) fail(token("end", "", longest, longest), "too_long", { length: query.length, most: longest });
    const found = [];
    for (const { 0: text, index, groups } of query.matchAll(TOKENS)) {
      const type = Object.keys(groups).find((name) => groups[name] !== undefined);
      const one = token(type, type === "quoted" ? text.slice(1, -1) : text, index, index + text.length);
      const wrong = "\"'“".includes(text) ? "open_quote" : text === "!" ? "lone_not" : "strange";
      if (type === "wrong") fail(one, wrong, { close: text === "“" ? "”" : text });
      if (type !== "space") found.push(one);
    }
    return [...found, token("end", "", query.length, query.length)];
  };

  // Columns and steps, as `language.js` packs them

  const columnsOf = kept((kind) => {
    const all = [...columns[EVERY], ...columns[kind]];
    return new Map(all.map(([name, type, marks, list]) => {
      const [isList, ofPart, isField] = [1, 2, 4].map((mark) => (marks & mark) > 0);
      return [name, { name, type, choices: language.choices[list], isList, ofPart, isField, path: name.split(".") }];
    }));
  });
  const stepsOf = kept((phrase) =>
    language.steps[phrase].map(([before, after, paths, dated]) => {
      return { phrase, before: language.sets[before], after: language.sets[after], paths, dated };
    }));
  const PHRASES = Object.keys(language.steps);
  const phrasesOf = kept((kind) => PHRASES.filter((phrase) => stepsOf(phrase).some((step) => step.before.includes(kind))));
  const dateOf = (kind) => columnsOf(kind).get((kinds[kind] ?? kinds.other)[0]);
  const named = (sets) => {
    const found = Object.keys(plurals).filter((kind) => sets.some((set) => set.includes(kind)));
    if (found.includes(EVERY)) return say("any_record");
    const all = found.map((kind) => plurals[kind]);
    return all.length > 1 ? say("either", { most: all.slice(0, -1).join(", "), last: all.at(-1) }) : all[0];
  };
  const reachedBy = (steps) => named(steps.map((step) => step.after));

  // Values

  const days = (year, month) => new Date(Date.UTC(year + 400, month, 0)).getUTCDate(); // the calendar repeats
  const DAY = new RegExp(`^${language.date}$`);
  const oneDay = (text) => {
    const [, year, month, day] = (DAY.exec(text) ?? []).map(Number);
    const isDate = year && !(month < 1 || month > 12 || day < 1 || day > days(year, month));
    if (!isDate) return null;
    const [from, to] = [[month || 1, day || 1], [month || 12, day || days(year, month || 12)]];
    const at = ([m, d]) => year * 10000 + m * 100 + d;
    return { from: at(from), to: at(to), precision: 1 + (month > 0) + (day > 0), text };
  };
  const dateIn = kept((text) => {
    const [least, most] = [10101, 99991231];
    if (text === "unknown") return { from: least, to: most, precision: 0, text };
    if (!text.includes("/")) return oneDay(text);
    const ends = text.split("/");
    const [first, last] = ends.map((end) => (end === ".." ? { from: least, to: most, precision: 0 } : oneDay(end)));
    if (ends.length > 2 || text === "../.." || !first || !last || last.to < first.from) return null;
    return { from: first.from, to: last.to, precision: Math.max(first.precision, last.precision), text };
  });
  const NUMBER = new RegExp(`^(?:${language.number})$`);
  const valueOf = (column, word, after = "") => {
    const { name, type, choices } = column;
    if (choices.length && ["word", "scale", "part"].includes(type)) {
      const text = type === "scale" ? lower(word.text).replaceAll(" ", "-") : lower(word.text);
      if (choices.includes(text)) return text;
      const other = bare(language.other_values[name] ?? {})[text];
      const near = other ?? nearest(choices.includes(`${text}-${after}`) ? `${text}-${after}` : text, choices);
      const all = type === "scale" ? choices : [...choices].sort();
      fail(word, "never", { column: name }, near ? meant(near) : say("it_takes", { words: all.join(", ") }));
    }
    if (type === "date" && !dateIn(word.text)) fail(word, "no_date", { column: name });
    const figures = word.text.replace(/[eE].*/, "").replace(/\D/g, "").length;
    const digits = language.longest_number;
    if (type === "number" && !(NUMBER.test(word.text) && figures <= digits)) fail(word, "no_number", { column: name, digits });
    if (type === "number") return Number(word.text);
    if (type !== "flag") return word.text;
    const flags = ["true", "false"];
    if (!flags.includes(word.key)) fail(word, "never", { column: name }, say("it_takes", { words: flags.join(", ") }));
    return word.key === "true";
  };

  // Questions. A filter is a comparison { column, sign, values, other, tokens }, a step { meant, target, times }, or
  // { join, filters }: joined by `and` or `or`, or one that `not` denies.

  const parse = (query) => {
    const tokens = tokenize(query);
    const files = new Set();
    let [at, depth] = [0, 0];
    const peek = (ahead = 0) => tokens[Math.min(at + ahead, tokens.length - 1)];
    const take = () => {
      const next = peek();
      at = Math.min(at + 1, tokens.length - 1);
      return next;
    };
    const accept = (...keys) => {
      const found = keys.every((key, ahead) => peek(ahead).key === key);
      if (found) at += keys.length;
      return found;
    };
    const expect = (key, otherwise) => accept(key) || fail(peek(), otherwise, {}, say("found", { token: shown(peek()) }));
    const separated = (by, read) => {
      const found = [read()];
      while (accept(by)) found.push(read());
      return found;
    };
    const words = (count) => Array.from({ length: count }, (_, ahead) => peek(ahead).key).join(" ");
    const phraseIn = (known) => LENGTHS.map(words).find((phrase) => known.includes(phrase)) ?? "";
    const deeper = (read) => {
      depth += 1;
      if (depth > language.deepest) fail(peek(), "too_deep", { most: language.deepest });
      const found = read();
      depth -= 1;
      return found;
    };
    const use = (kind, column) => {
      const top = columnsOf(kind).get(column.path[0]);
      const isMore = top.type === "part" || top.name === "body";
      for (const one of kind === EVERY ? language.records : [kind]) {
        const [owner] = language.owners[one] ?? []; // parts are in lists of their records
        files.add(plurals[one]);
        if (owner) files.add(plurals[owner]);
        if (isMore || owner) files.add(`${plurals[owner ?? one]}-more`);
      }
      return column;
    };

    const kindNext = () => {
      const next = take();
      return KINDS[next.key] ?? fail(next, next.type === "end" ? "no_kind" : "wrong_kind", {}, kindHint(next));
    };
    const kindHint = ({ key, text }) => {
      if (kindWords[key]) return meant(plurals[kindWords[key]]);
      if (language.first_words.includes(key) || KINDS[peek().key]) return say("kind_first");
      if (key.includes("-") && peek().type === "end") return say("one_record", { kind: plurals[EVERY], id: text });
      return suggestion(key, Object.values(plurals), "one_of");
    };
    const selection = (kind) => {
      use(kind, columnsOf(kind).get("id"));
      const filters = [];
      for (;;) {
        const joined = filters.length > 0 && accept("and");
        const found = step(kind) ?? time(kind);
        if (found) filters.push(found);
        else if (joined && peek().key !== "where") noFilter(kind);
        else break;
      }
      if (accept("where")) filters.push(any(kind));
      return { kind, filter: { join: "and", filters } };
    };
    const any = (kind) => {
      const filters = separated("or", () => all(kind));
      return filters.length > 1 ? { join: "or", filters } : filters[0];
    };
    const all = (kind) => {
      const filters = separated("and", () => one(kind));
      checkTogether(filters);
      return filters.length > 1 ? { join: "and", filters } : filters[0];
    };
    const one = (kind) =>
      deeper(() => {
        if (accept("not")) return { join: "not", filters: [one(kind)] };
        if (accept("(")) {
          const inside = { join: "and", filters: [any(kind)] };
          expect(")", "no_end_of_tests");
          return inside;
        }
        return beginsComparison(kind) ? comparison(kind) : step(kind) ?? time(kind) ?? noFilter(kind);
      });
    const time = (kind) => {
      const sign = times[peek().key];
      return sign && take() && compared(use(kind, dateOf(kind)), sign);
    };

    const step = (kind) => {
      const start = peek();
      const phrase = phraseIn(phrasesOf(kind));
      if (!phrase) return undefined;
      at += phrase.split(" ").length;
      files.add("links");
      const meant = stepsOf(phrase).filter((way) => way.before.includes(kind));
      const target = deeper(() => targetOf(phrase, meant));
      const fitting = meant.filter((way) => ["", EVERY].includes(target.kind) || way.after.includes(target.kind));
      const places = { step: phrase, start: plurals[kind], end: reachedBy(meant), other: plurals[target.kind] };
      if (!fitting.length) fail(start, "leads_elsewhere", places);
      const times = [];
      for (let next = time(kind); next; next = time(kind)) times.push(next);
      return { meant: fitting, target, times };
    };
    const targetOf = (phrase, meant) => {
      if (accept("(")) {
        const inside = selection(kindNext());
        expect(")", "no_end_of_selection");
        return inside;
      }
      accept("any");
      const kind = KINDS[peek().key];
      const next = take();
      if (next.key === "no" && KINDS[peek().key]) fail(next, "misplaced", {}, say("for_without"));
      if (!kind) return next.isValue ? { kind: "", id: next } : fail(next, "no_target", { step: phrase, end: reachedBy(meant) });
      const further = step(kind);
      if (!further && peek().isValue) return { kind, id: take() };
      use(kind, columnsOf(kind).get("id"));
      return { kind, filter: further ?? { join: "and", filters: [] } };
    };

    const counts = () => words(2) === language.number_of;
    const beginsComparison = (kind) => {
      if (counts()) return true;
      if (peek().type !== "word" || KEYWORDS.includes(peek().key)) return false;
      if (!columnsOf(kind).has(peek().column) && phraseIn(PHRASES)) return false;
      const after = peek(1).key;
      const begin = [...language.signs, ...Object.keys(times), "in", "is", "contains"];
      return begin.includes(after) || (after === "not" && peek(2).key === "in");
    };
    const columnNext = (kind) => {
      const isCount = accept(...language.number_of.split(" "));
      const next = take();
      const column = columnsOf(kind).get(next.column);
      if (!column) unknownColumn(next, kind, peek(1).isValue ? peek(1).text : "");
      if (language.private.includes(column.name)) fail(next, "private");
      if (!isCount) return use(kind, column);
      const lists = [...columnsOf(kind).values()].filter((one) => one.isList && !one.name.includes("."));
      if (!column.isList) fail(next, "no_list", { column: column.name, words: lists.map((one) => one.name).join(", ") });
      const name = `${language.number_of} ${column.name}`;
      return { ...use(kind, column), name, type: "number", choices: [], isList: false, isField: false, isCount };
    };
    const numberOf = ({ name, isList }) => (isList ? meant(`${language.number_of} ${name}`) : "");
    const checkSign = (column, sign, next) => {
      const { name, type, choices } = column;
      if (sign === "contains" && !language.searchable.includes(type)) fail(next, "not_text", { column: name });
      if (!["=", "contains"].includes(sign) && !language.ordered.includes(type)) fail(next, "no_order", { column: name }, numberOf(column));
      if (sign === "=" && type === "part" && !choices.length) fail(next, "has_parts", { column: name });
    };
    const comparison = (kind) => {
      const column = columnNext(kind);
      const next = take();
      const time = times[next.key];
      const sign = time ?? next.key;
      const deny = (filter) => ({ join: "not", filters: [filter] });
      if (sign === "is") return empty(column, deny);
      if (sign === "not") expect("in", "no_in");
      if (sign === "in" || sign === "not") return sign === "in" ? among(column) : deny(among(column));
      if (time && column.type !== "date") fail(next, "not_dates", { column: column.name });
      if (![...language.signs, "contains"].includes(sign)) fail(next, "no_sign", { column: column.name });
      return sign === "!=" ? deny(against(kind, column, "=", next)) : against(kind, column, sign, next);
    };
    const against = (kind, column, sign, next) => {
      checkSign(column, sign, next);
      const start = peek();
      const same = columnsOf(kind).get(start.column);
      const isColumn = language.ordered.includes(column.type) && same?.type === column.type;
      if (!counts() && !isColumn) return compared(column, sign);
      const other = columnNext(kind);
      const places = { column: column.name, other: other.name };
      if (other.type !== column.type) fail(start, "not_numbers", places);
      const [one, two] = [column, other].map(({ choices }) => choices.join());
      const alike = language.same_scales.map((scale) => scale.join());
      if (one !== two && !(alike.includes(one) && alike.includes(two))) fail(start, "other_scales", places);
      return { column, sign, other, tokens: [] };
    };
    const valueNext = () => {
      const before = tokens[Math.max(at - 1, 0)].key;
      const next = take();
      const isTwice = next.key === "=" && before === "=";
      return next.isValue ? next : fail(next, "no_value", {}, next.type === "word" ? say("quote_it") : isTwice ? say("one_sign") : "");
    };
    const compared = (column, sign) => {
      const next = valueNext();
      if (column.type === "id" && sign !== "contains") files.add("links");
      return { column, sign, values: [sign === "contains" ? next.text : valueOf(column, next, peek().key)], tokens: [next] };
    };
    const among = (column) => {
      expect("(", "no_values");
      const found = separated(",", valueNext);
      expect(")", "no_end_of_values");
      checkSign(column, "=", found[0]);
      if (column.type === "id") files.add("links");
      return { column, sign: "=", values: found.map((next) => valueOf(column, next)), tokens: found };
    };
    const empty = (column, deny) => {
      const denied = accept("not");
      const { text } = peek();
      const both = `${peek().key}-${peek(1).key}`;
      const value = language.no_values.includes(peek().key) ? "" : column.choices.includes(both) ? both : text;
      const hint = value && meant(`${column.name} ${denied ? "!=" : "="} ${value}`);
      if (!accept("empty")) fail(peek(), "not_empty", {}, hint);
      const exists = { column, sign: "exists", values: [], tokens: [] };
      return denied ? exists : deny(exists);
    };
    const checkTogether = (filters) => {
      const isEqual = ({ column, sign }) => column?.ofPart && sign === "=" && !["date", "number"].includes(column.type);
      const equal = filters.filter(isEqual);
      for (const [place, one] of equal.entries()) {
        const said = one.tokens.map(({ text }) => lower(text));
        for (const other of equal.slice(place + 1)) {
          if (other.column.name !== one.column.name || other.tokens.some(({ text }) => said.includes(lower(text)))) continue;
          const [inner, ...outer] = [...one.column.path].reverse();
          fail(other.tokens[0], "two_values", { outer: outer.reverse().join("."), inner });
        }
      }
    };

    // What is wrong where no rule fits

    const misplaced = (kind) => {
      const next = peek();
      const isOther = Boolean(otherWords[next.key]);
      if (KEYWORDS.includes(next.key) && !isOther) fail(next, "misplaced", {}, say("keywords"));
      const isTest = beginsComparison(kind) && !isOther;
      if (columnsOf(kind).has(next.column) || isTest) {
        const isWhere = tokens.slice(0, at).some(({ key }) => key === "where");
        const start = isTest ? words(2).trim() : `${next.key} =`;
        fail(next, "begins_test", {}, isWhere ? say("join_tests") : say("after_where", { words: start }));
      }
      if (phraseIn(phrasesOf(kind)) && !isOther) fail(next, "misplaced", {}, say("join_tests"));
      let hint = next.type === "sign" ? "" : wordHint(kind, [...phrasesOf(kind), ...language.clause_words]);
      if (!hint && at === 1 && peek(1).type === "end") hint = say("one_record", { kind: plurals[kind], id: next.text });
      fail(next, "misplaced", {}, hint);
    };
    const noFilter = (kind) => {
      const next = peek();
      if (next.type !== "word" || KEYWORDS.includes(next.key)) fail(next, "no_filter");
      if (columnsOf(kind).has(next.column)) fail(peek(1), "no_sign", { column: next.column });
      const hint = elsewhere(next, kind, "") || chosen(next, kind) || wordHint(kind, [...columnsOf(kind).keys(), ...phrasesOf(kind)]);
      fail(next, "no_field_or_step", { kind: plurals[kind] }, hint);
    };
    const wordHint = (kind, known) => {
      const first = peek().key;
      const step = bare(language.instead[kind] ?? {})[first];
      if (step) return say("step_to", { kind: plurals[kind], step, id: peek(1).isValue ? peek(1).text : "ID" });
      const other = otherWords[first];
      if (other) return say(other, { kind: plurals[kind] });
      const phrase = phraseIn(PHRASES);
      if (phrase) return say("leads_from", { step: phrase, start: named(stepsOf(phrase).map((way) => way.before)) });
      return suggestion(words(2).trim(), known) || suggestion(first, known);
    };
    const chosen = ({ key }, kind) => {
      const having = [...columnsOf(kind).values()].filter(({ name, choices }) => choices.includes(key) && !name.includes("."));
      const [first] = having.map(({ name }) => name).sort();
      return first ? meant(`${first} = ${key}`) : "";
    };
    const elsewhere = ({ key, column }, kind, value) => {
      const places = { kind: plurals[kind], column: dateOf(kind).name, id: /[^0-9]/.test(value) ? lower(value).replaceAll(" ", "-") : "ID" };
      const [outer, ...inner] = column.split(".");
      const of = KINDS[outer];
      const isInside = of && of !== kind && columnsOf(of).has(inner.join("."));
      if (isInside) places.id = `(${plurals[of]} where ${inner.join(".")} …)`;
      if (language.time_words.includes(key)) return say("date_is", places);
      const target = isInside ? of : KINDS[kindWords[key] ?? key];
      const leads = (phrase) => stepsOf(phrase).some((way) => way.before.includes(kind) && way.after.includes(target));
      if (target) return say("step_to", { ...places, step: language.steps_to.find(leads) });
      const other = bare(language.other_names[kind])[key];
      return other ? meant(other) : "";
    };
    const unknownColumn = (next, kind, value) => {
      if (next.type !== "word") fail(next, "no_field");
      const known = [...columnsOf(kind).keys()];
      const outside = (name) => name.split(".").slice(0, -1).join(".");
      const outer = outside(next.column);
      const near = known.filter((name) => outside(name) === (known.includes(outer) ? outer : ""));
      const others = Object.keys(plurals).filter((other) => columnsOf(other).has(next.column)).map((other) => plurals[other]);
      const close = nearest(next.column.slice(0, language.longest_hint), near);
      let hint = suggestion(next.column, near, "fields") || suggestion(next.column, known);
      const other = elsewhere(next, kind, value);
      if (other) hint = other;
      else if (others.length) hint = say("field_of", { kinds: others.join(", ") }) + (close ? `; ${hint}` : "");
      else if (!close) {
        const [inside] = known.filter((name) => name.endsWith(`.${next.column}`)).sort();
        if (inside) hint = meant(inside);
      }
      fail(next, "unknown_field", { kind: plurals[kind] }, hint);
    };

    // The whole

    const found = selection(kindNext());
    const { kind } = found;
    const asked = { selection: found, order: [], limit: Infinity, files };
    const clauses = {
      order: () => {
        expect("by", "no_by");
        asked.order = separated(",", () => {
          const column = columnNext(kind);
          if (column.type === "part") fail(tokens[at - 1], "order_parts", { column: column.name }, numberOf(column));
          const isDown = accept("desc");
          if (!isDown) accept("asc");
          return { column, isDown };
        });
      },
      limit: () => {
        const next = take();
        asked.limit = /^[0-9]{1,7}$/.test(next.text) ? Number(next.text) : fail(next, "no_limit");
      },
      select: () => {
        asked.shown = separated(",", () => columnNext(kind));
      },
      count: () => {
        const start = peek();
        asked.counted = accept("by") ? separated(",", () => columnNext(kind)) : [];
        const part = asked.counted.find(({ type }) => type === "part");
        if (part) fail(start, "count_parts", { column: part.name });
        const [one, two] = asked.counted.filter(({ isList, ofPart }) => isList || ofPart);
        if (two) fail(start, "count_lists", { column: one.name, other: two.name });
      },
    };
    let start = peek();
    for (; Object.hasOwn(clauses, peek().key); clauses[take().key]()) start = peek();
    if (peek().type !== "end") misplaced(kind);
    if (asked.counted && (asked.order.length || asked.shown)) fail(start, "count_alone");
    asked.isChosen = Boolean(asked.shown);
    if (!asked.shown) {
      const names = (kinds[kind] ?? kinds.other)[1].split(" ");
      const isMeant = (name) => columnsOf(kind).has(name) && tokens.some(({ key }) => key === name);
      if (language.together.some(isMeant)) names.splice(-1, 0, ...language.together);
      asked.shown = names.map((name) => use(kind, columnsOf(kind).get(name)));
    }
    return asked;
  };

  return { parse, plurals, kept, lower, fail, suggestion, reachedBy, dateIn };
};
