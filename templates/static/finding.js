// What the search page finds, and in which order. In: the data of `search-data.js`. Out: a finder, which reads the
// records a little at a time and gives those that hold any of some words, the best first. It touches no page.
"use strict";
const ledgerFinder = (data) => {
  const PLACES = { title: 4, names: 4, also: 3, tags: 2, text: 1 }; // what a word counts by where it stands
  const KINDS = { controversy: 2, thread: 1.6, position: 1.6, term: 1.6, proponent: 1.6, part: 1.5, page: 1.2, claim: 1 };
  const OTHERS = 0.4; // events and sources; and what is withdrawn, beside what stands
  const PART = "part"; // a page that is no record's: found by its own words, not by those of its controversy alone
  const NEAR = { same: 1, stem: 0.9, beginning: 0.6, slip: 0.5, synonym: 0.8 }; // by how the word was found
  const WHOLE = 3; // times what is called exactly what was typed
  const ASKED = 2; // times what answers such a question: "who" is answered by a page of people
  const SIZE = 0.3; // how much more the controversy counts to which most records belong
  const LEAST = 0.3; // of the weight of what was typed: what holds less is not shown
  const MOST = 40; // words of a query that are looked for
  const PHRASE = 5; // words that a synonym may have

  // Words

  // Scripts that put no space between words, or in which a part of a word is looked for: taken by pairs of signs.
  const PAIRED = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}ー";
  const WORD = new RegExp(`[${PAIRED}]+|(?:(?![${PAIRED}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const IS_PAIRED = new RegExp(`^[${PAIRED}]`, "u");
  const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]/gu; // of Latin, Greek, Cyrillic, Hebrew, Arabic
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
  const ENDINGS = data.endings.split(" ").filter(Boolean);
  const STOPS = new Set(data.stops.split(" "));
  const ASKING = new Set(data.asking.split(" "));

  // What was worked out of a word is kept: most words come often.
  const kept = (make) => {
    const known = new Map();
    return (word) => {
      if (!known.has(word)) known.set(word, make(word));
      return known.get(word);
    };
  };

  const fold = kept((word) => {
    const bare = word.toLowerCase().normalize("NFKD").replace(MARKS, "").normalize("NFC");
    return bare.replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter]);
  });

  // A word without its ending, where four letters are left, or three before a single one: laws, law; scaling, scale.
  const stem = kept((word) => {
    const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= (end === "s" ? 3 : 4));
    const bare = ending ? word.slice(0, -ending.length) : word;
    return bare.length > 3 && bare.at(-1) === bare.at(-2) ? bare.slice(0, -1) : bare;
  });

  const pairs = (signs) => signs.slice(0, -1).map((sign, at) => sign + signs[at + 1]);

  // The words of a text as it is indexed. The last sign of a run stands there alone too, so that each sign begins a pair;
  // what a hyphen joins stands there as one word too: GPT-4 is also gpt4, pre-training also pretraining.
  const wordsOf = (text) => (text.normalize("NFKC").match(WORD) ?? []).map(fold);
  const HYPHENED = /[\p{L}\p{N}\p{M}]+(?:[-‐‑][\p{L}\p{N}\p{M}]+)+/gu;
  const joined = (text) => (text.match(HYPHENED) ?? []).map((words) => fold(words.replace(/[-‐‑]/g, "")));
  const indexed = (text) =>
    wordsOf(text).flatMap((word) => (IS_PAIRED.test(word) ? [...pairs([...word]), [...word].at(-1)] : word));

  // The words of a query: there a sign stands alone only if it was typed alone, and GPT-5 is gpt5 alone.
  const NUMBERED = /(?<=\p{L})[-‐‑](?=\p{N})/gu;
  const asked = (text) =>
    wordsOf(text.replace(NUMBERED, "")).flatMap((word) => (IS_PAIRED.test(word) && [...word].length > 1 ? pairs([...word]) : word));

  const forms = kept((word) => (stem(word) === word ? word : [word, stem(word)]));
  const says = (word) => !STOPS.has(word) && !STOPS.has(stem(word)) && !ASKING.has(word);
  const telling = (words) => words.filter(says);
  const told = (words) => (telling(words).length ? telling(words) : words); // all of them where none tells anything
  const key = (words) => told(words).map(stem).join(" ");

  // Records, in the order of the alphabet: letters without case and accents, all else a space.

  const column = Object.fromEntries(data.fields.map((name, at) => [name, at]));
  const letters = (row) => wordsOf(row[column.title]).join(" ");
  const keyed = data.records.map((row) => [letters(row), row]);
  const records = keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, row]) => row);
  const index = new MiniSearch({
    idField: "at",
    fields: Object.keys(PLACES),
    extractField: (entry, name) => (name === "at" ? entry.at : [entry.record[column[name]]].flat().join("\n")),
    tokenize: (text) => [...indexed(text), ...joined(text)],
    processTerm: (word, field) => (field === "text" && !says(word) ? null : forms(word)),
  });
  const called = new Map(); // the words of a title or name → the records that are called so
  const alike = new Map(); // the words of a name → the other names
  const lengths = []; // how many words a title has
  const weights = []; // what a record counts, by its kind
  const members = new Map(); // controversy → how many records belong to it
  const worth = (record) => KINDS[record[column.kind]] ?? OTHERS;
  const queue = [...records.keys()].sort((one, other) => worth(records[other]) - worth(records[one])); // disputes first
  let read = 0;

  const put = (map, name, value) => {
    if (map.has(name)) map.get(name).push(value);
    else map.set(name, [value]);
  };

  const add = (record, at) => {
    index.add({ at, record });
    lengths[at] = told(indexed(record[column.title])).length || 1;
    weights[at] = worth(record) * (record[column.standing] === data.withdrawn ? OTHERS : 1);
    const names = [record[column.title], ...record[column.names]];
    for (const name of new Set([...names, ...record[column.also]].map((one) => key(indexed(one))))) put(called, name, at);
    const others = (name) => (record[column.kind] === PART ? [] : names.filter((other) => other !== name));
    for (const name of names) for (const other of others(name)) put(alike, key(indexed(name)), other);
    for (const one of record[column.controversy]) members.set(one, (members.get(one) ?? 0) + 1);
  };

  // Reads on until a time; gives whether anything is left.
  const readUntil = (time) => {
    while (read < records.length && performance.now() < time) {
      add(records[queue[read]], queue[read]);
      read += 1;
    }
    return read < records.length;
  };

  // Finding. A hit says what a word counts in a record, whether it stands in the title or a name (titled) or among the
  // record's own other words (own), and by which terms of the index it was found.

  const nearness = (term, word) => {
    if (term === word) return NEAR.same;
    if (term === stem(word)) return NEAR.stem;
    return term.startsWith(word) ? NEAR.beginning : NEAR.slip;
  };

  const hitIn = ({ match, terms }, near) => {
    const hit = { points: 0, titled: false, own: false, terms };
    for (const term of terms) {
      for (const field of match[term]) {
        hit.points = Math.max(hit.points, near(term) * PLACES[field]);
        hit.titled ||= field === "title" || field === "names";
        hit.own ||= field === "also";
      }
    }
    return hit;
  };

  const lookUp = (word, options, near) => {
    const results = index.search(word, { tokenize: (text) => [text], ...options });
    return new Map(results.map((result) => [result.id, hitIn(result, near)]));
  };

  // Slips are looked for only in a word without figures that nothing begins with: one letter first, then two.
  const ofWord = (word, isLast) => {
    const size = [...word].length;
    const near = (term) => nearness(term, word);
    const prefix = (term) => term === word && (IS_PAIRED.test(word) || (size > 1 && (isLast || size > 3)));
    let hits = lookUp(word, { prefix }, near);
    const most = size < 4 || IS_PAIRED.test(word) || /\p{N}/u.test(word) ? 0 : size < 6 ? 1 : 2;
    for (let slips = 1; !hits.size && slips <= most; slips += 1) hits = lookUp(word, { fuzzy: slips }, near);
    return hits;
  };

  // What holds all words of a name, in any form, as synonyms of others.
  const ofName = (name, ofStem) => {
    const sets = [...new Set(told(asked(name)).map(stem))].map(ofStem).sort((one, other) => one.size - other.size);
    const [fewest = new Map(), ...rest] = sets;
    return [...fewest].flatMap(([id, hit]) => {
      if (!rest.every((set) => set.has(id))) return [];
      const all = [hit, ...rest.map((set) => set.get(id))];
      return [[id, { ...hit, titled: all.every((one) => one.titled), terms: all.flatMap((one) => one.terms) }]];
    });
  };

  // Names that stand in the query: each of their words is also found by the other names.
  const widen = (words, found) => {
    const ofStem = kept((word) => lookUp(word, { processTerm: (term) => term }, () => NEAR.synonym));
    const ofSynonym = kept((name) => ofName(name, ofStem));
    for (let start = 0; start < words.length; start += 1) {
      for (let end = start + 1; end <= Math.min(words.length, start + PHRASE); end += 1) {
        for (const other of new Set(alike.get(words.slice(start, end).map(stem).join(" ")))) {
          for (const hits of found.slice(start, end)) {
            for (const [id, hit] of ofSynonym(other)) if (!(hits.get(id)?.points >= hit.points)) hits.set(id, hit);
          }
        }
      }
    }
  };

  // Record → its hits by the number of the word.
  const byRecord = (found, fits) => {
    const all = new Map();
    for (const [at, hits] of found.entries()) {
      for (const [id, hit] of hits) {
        if (!all.has(id) && fits(records[id])) all.set(id, []);
        all.get(id)?.push([at, hit]);
      }
    }
    return all;
  };

  // How much more a controversy counts, and its pages, by the share of records that belong to it.
  const sized = (record) => {
    if (record[column.kind] !== PART && record[column.kind] !== "controversy") return 1;
    const belong = record[column.controversy].map((one) => members.get(one) ?? 0);
    return 1 + (SIZE * Math.max(0, ...belong)) / Math.max(1, ...members.values());
  };

  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

  // Records that hold any of the words, the best first, each with its hits; and whether one holds them all.
  const find = (text, fits) => {
    const all = [...new Set(asked(text))].slice(0, MOST);
    const words = told(all);
    const found = words.map((word) => ofWord(word, word === all.at(-1)));
    widen(words, found);
    const rarity = found.map((hits) => Math.log(1 + records.length / (1 + hits.size)));
    const total = sum(rarity);
    const known = sum(rarity.filter((_, at) => found[at].size)) / total; // a word that nothing holds narrows nothing
    const names = new Set(called.get(key(all)));
    const questions = all.filter((word) => ASKING.has(word) && !words.includes(word));
    const answers = new Set(questions.flatMap((word) => [...lookUp(word, { fields: ["also"] }, () => 1).keys()]));

    const judged = ([id, hits]) => {
      const record = records[id];
      const share = sum(hits.map(([at]) => rarity[at])) / total;
      const points = sum(hits.map(([at, hit]) => rarity[at] * hit.points));
      const titled = hits.filter(([, hit]) => hit.titled).length / lengths[id];
      const isCalled = names.has(id) ? WHOLE : 1;
      const isAsked = answers.has(id) ? ASKED : 1;
      const score = points * share * weights[id] * (1 + Math.min(1, titled)) * sized(record) * isCalled * isAsked;
      return { id, score, share, whole: hits.length === words.length, hits: hits.map(([, hit]) => hit) };
    };

    const isMeant = ([id, hits]) => records[id][column.kind] !== PART || answers.has(id) || hits.some(([, hit]) => hit.own);
    const results = [...byRecord(found, fits)].filter(isMeant).map(judged);
    const shown = results.filter((one) => one.share >= LEAST * known);
    shown.sort((one, other) => other.score - one.score || one.id - other.id);
    return { whole: results.some((one) => one.whole), results: shown };
  };

  // A text in pieces: [piece, whether it was found].
  const marked = (text, hits) => {
    const terms = new Set(hits.flatMap((hit) => hit.terms));
    const pieces = [];
    let end = 0;
    for (const { 0: word, index: start } of text.matchAll(WORD)) {
      pieces.push([text.slice(end, start), false], ...(IS_PAIRED.test(word) ? markedSigns([...word], terms) : [[word, holds(terms, word)]]));
      end = start + word.length;
    }
    return [...pieces, [text.slice(end), false]].filter(([piece]) => piece);
  };

  const holds = (terms, word) => terms.has(fold(word)) || terms.has(stem(fold(word)));

  const markedSigns = (signs, terms) =>
    signs.map((sign, at) => {
      const near = [sign, signs[at - 1] + sign, sign + signs[at + 1]];
      return [sign, near.some((one) => terms.has(fold(one)))];
    });

  return { column, records, readUntil, find, marked, isRead: () => read >= records.length };
};
