/* A YAML file as a form, and the form as the file again: only what was changed in the form changes in the file.

A form is made of the text by a shape, which is made of a schema: "text" is a scalar as it is written, with its own
digits; "list" and "map" are themselves; "keyed" is a map under names of the author's choice, and a list with the name
as "key" in the form. What a shape does not know, or what is written in another way than it says, is not in the form
and stays in the file. Changes are put into the text where they belong, so that comments, order, quotes and line breaks
of everything else stay as they are. What was made is read again before it is given away: a text that does not say what
the form says is an error, and nothing is saved. */
"use strict";

window.writtenForm = (() => {
  const {Document, Pair, Scalar, YAMLMap, YAMLSeq, isMap, isScalar, isSeq, parse, parseDocument} = window.YAML;
  const AS_READ = "file-as-read"; // the whole text, which goes with the form
  const BODY = "body", KEY = "key", VALUE = "value", ENTRIES = "entries";
  const FRONT = /^---[ \t]*\n([^]*?\n)?---[ \t]*(?:\n([^]*))?$/;
  const WIDTH = 100; // of lines that are new
  const SHORT = 60; // characters up to which a new list of words stands in one line

  // ---------------------------------------------------------------- reading

  const read = (text) => {
    const document = parseDocument(text, {schema: "failsafe", uniqueKeys: true});
    if (document.errors.length) throw new Error(document.errors[0].message);
    return document;
  };
  const ending = (text) => (text.endsWith("\n") ? text : `${text}\n`);

  /** What a node is in a form; undefined where it is written in another way than its shape says. */
  const formOf = (node, shape) => {
    if (shape.is === "text")
      return isScalar(node) && typeof node.value === "string" ? node.value.replace(/\n+$/, "") : undefined;
    if (shape.is === "list") {
      const items = isSeq(node) ? node.items.map((item) => formOf(item, shape.of)) : [undefined];
      return items.includes(undefined) ? undefined : items;
    }
    if (!isMap(node)) return undefined;
    if (shape.is === "keyed") return entriesOf(node, shape.of).map(([, , entry]) => entry);
    const form = {};
    for (const [name, own] of Object.entries(shape.keys)) {
      const value = node.has(name) ? formOf(node.get(name, true), own) : undefined;
      if (value !== undefined) form[name] = value;
    }
    return form;
  };

  /** Pairs of a keyed map that its shape knows, each with its key and its entry in the form. */
  const entriesOf = (node, shape) => {
    const known = [];
    for (const pair of node.items) {
      const value = formOf(pair.value, shape);
      if (value === undefined || !isScalar(pair.key)) continue;
      const entry = shape.is === "map" ? {[KEY]: pair.key.value, ...value} : {[KEY]: pair.key.value, [VALUE]: value};
      known.push([pair, pair.key.value, entry]);
    }
    return known;
  };
  const insideOf = (entry, shape) => {
    if (shape.is !== "map") return entry[VALUE];
    const {[KEY]: _, ...value} = entry;
    return value;
  };

  /** A form without what is empty: an empty field and a key that is not there are the same. */
  const pruned = (value) => {
    if (Array.isArray(value)) {
      const items = value.map(pruned).filter((item) => item !== undefined);
      return items.length ? items : undefined;
    }
    if (value !== null && typeof value === "object") {
      const kept = Object.entries(value).map(([name, own]) => [name, pruned(own)]).filter(([, own]) => own !== undefined);
      return kept.length ? Object.fromEntries(kept) : undefined;
    }
    if (value === null || value === undefined) return undefined;
    const text = String(value).replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    return text.trim() === "" ? undefined : text;
  };
  const same = (one, other) => {
    if (one === other) return true;
    if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
    if (Array.isArray(one) !== Array.isArray(other)) return false;
    const names = Object.keys(one);
    return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]));
  };

  // ---------------------------------------------------------------- what is new

  /** A scalar as it is best written: words that YAML would take for nothing or for true stand in quotes. */
  const scalarOf = (text, type, inFlow) => {
    const scalar = new Scalar(text);
    let read;
    try { read = parse(text, {logLevel: "silent"}); } catch { read = null; } // looks like more than words
    const means = typeof read === "string" || typeof read === "number" || /^(true|false)$/.test(text);
    const plain = means && !/^(y|yes|n|no|on|off)$/i.test(text);
    if (inFlow && text.includes("\n")) scalar.type = "QUOTE_DOUBLE";
    else if (type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE") scalar.type = type;
    else if (!plain) scalar.type = "QUOTE_DOUBLE";
    else if (inFlow) scalar.type = "PLAIN";
    else if (text.includes("\n")) scalar.type = "BLOCK_LITERAL";
    else scalar.type = text.length > WIDTH ? "BLOCK_FOLDED" : "PLAIN";
    return scalar;
  };
  const nodeOf = (value, shape, inFlow) => {
    if (shape.is === "text") return scalarOf(value, "PLAIN", inFlow);
    if (shape.is === "list") {
      const list = new YAMLSeq();
      list.flow = inFlow || (shape.of.is === "text" && value.join(", ").length < SHORT);
      list.items = value.map((item) => nodeOf(item, shape.of, list.flow));
      return list;
    }
    const map = new YAMLMap();
    map.flow = inFlow;
    map.items = shape.is === "keyed"
      ? value.map((entry) => new Pair(new Scalar(entry[KEY]), nodeOf(insideOf(entry, shape.of), shape.of, inFlow)))
      : Object.keys(shape.keys).filter((name) => value[name] !== undefined)
        .map((name) => new Pair(new Scalar(name), nodeOf(value[name], shape.keys[name], inFlow)));
    return map;
  };
  const printed = (node, inFlow) => {
    const document = new Document(null, {schema: "failsafe"});
    document.contents = node;
    const onOneLine = {lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity};
    const layout = inFlow ? onOneLine : {lineWidth: WIDTH};
    return document.toString({...layout, flowCollectionPadding: false}).replace(/\n+$/, "");
  };
  /** A node inside brackets, on one line. */
  const inline = (node) => {
    const list = new YAMLSeq();
    list.flow = true;
    list.items = [node];
    return printed(list, true).slice(1, -1);
  };
  const inset = (text, column) => text.split("\n").map((line) => (line ? " ".repeat(column) + line : line)).join("\n");
  /** A node behind a colon in column `column`, with what parts it from the colon. */
  const behind = (node, column) => {
    const map = new YAMLMap();
    map.items = [new Pair(new Scalar("k"), node)];
    return inset(printed(map), column).slice(column + 2);
  };
  const pairOf = (name, node) => {
    const map = new YAMLMap();
    map.items = [new Pair(new Scalar(name), node)];
    return map;
  };

  // ---------------------------------------------------------------- writing

  /** The longest run of items that two lists have in common, as pairs of places. */
  const common = (before, after, alike) => {
    const rows = before.map(() => new Array(after.length + 1).fill(0));
    rows.push(new Array(after.length + 1).fill(0));
    for (let i = before.length - 1; i >= 0; i--)
      for (let j = after.length - 1; j >= 0; j--)
        rows[i][j] = alike(before[i], after[j]) ? rows[i + 1][j + 1] + 1 : Math.max(rows[i + 1][j], rows[i][j + 1]);
    const places = [];
    for (let i = 0, j = 0; i < before.length && j < after.length;) {
      if (alike(before[i], after[j])) places.push([i++, j++]);
      else if (rows[i + 1][j] >= rows[i][j + 1]) i++;
      else j++;
    }
    return places;
  };

  /** What becomes of the items of a list: [before, after] in order, with undefined for one that goes or comes. */
  const steps = (before, after, alike, pairs) => {
    const all = [];
    let i = 0, j = 0;
    for (const [to, into] of [...common(before, after, alike), [before.length, after.length]]) {
      if (pairs(to - i, into - j)) while (i < to && j < into) all.push([i++, j++]);
      while (i < to) all.push([i++, undefined]);
      while (j < into) all.push([undefined, j++]);
      if (to < before.length) all.push([i++, j++]);
    }
    return all;
  };

  class Change {
    /** Edits of a text of which `document` was read. */
    constructor(text) {
      this.text = text;
      this.edits = [];
    }

    put(start, end, text) {
      this.edits.push([start, end, text]);
    }

    /** The text with all edits in it. */
    get result() {
      const edits = this.edits.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
      let made = "", at = 0;
      for (const [start, end, text] of edits) {
        if (start < at) throw new Error("two changes meet in one place");
        made += this.text.slice(at, start) + text;
        at = end;
      }
      return made + this.text.slice(at);
    }

    lineStart(place) {
      return this.text.lastIndexOf("\n", place - 1) + 1;
    }
    lineEnd(place) {
      if (this.text[place - 1] === "\n") return place;
      const end = this.text.indexOf("\n", place);
      return end < 0 ? this.text.length : end + 1;
    }
    column(place) {
      return place - this.lineStart(place);
    }
    /** Where what is written of a node ends: comments and blank lines behind it are not of it. */
    contentEnd(node) {
      if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length) {
        const last = node.items.at(-1);
        return isMap(node) ? this.pairEnd(last) : this.contentEnd(last);
      }
      const [start, end] = node.range;
      return start + this.text.slice(start, end).replace(/\s+$/, "").length;
    }
    pairEnd(pair) {
      const colon = this.text.indexOf(":", pair.key.range[1]) + 1;
      return pair.value?.range ? Math.max(colon, this.contentEnd(pair.value)) : colon;
    }

    value(node, before, after, shape, inFlow, put) {
      if (same(before, after)) return;
      const flow = inFlow || node.flow === true;
      if (before === undefined || node.tag || node.anchor) put();
      else if (shape.is === "text") this.scalar(node, after, inFlow, put);
      else if (shape.is === "map") this.map(node, after, shape, flow);
      else if (shape.is === "keyed") this.keyed(node, after, shape.of, flow, put);
      else this.list(node, after, shape.of, flow, put);
    }

    /** A scalar: in place where it stands on one line or is folded, else as something new. */
    scalar(node, after, inFlow, put) {
      const [start, end] = node.range;
      const written = this.text.slice(start, end);
      if (!written) return put();
      if (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED") return this.block(node, after, put);
      if (!written.includes("\n") && (inFlow || !after.includes("\n")) && (inFlow || after.length <= 4 * WIDTH || written.length > WIDTH)) {
        const scalar = scalarOf(after, node.type, true);
        return this.put(start, end, inFlow ? inline(scalar) : printed(pairOf("k", scalar), true).slice(3));
      }
      const lines = node.type === "PLAIN" && !/: |:$| #|^[-?:,[\]{}#&*!|>'"%@`]/.test(after) ? refolded(written, after) : null;
      return lines ? this.put(start, end, lines) : put();
    }

    block(node, after, put) {
      const [start] = node.range;
      const end = this.contentEnd(node);
      const written = this.text.slice(start, end);
      const [header, ...lines] = written.split("\n");
      if (!lines.length || /\d/.test(header.split("#")[0])) return put();
      const column = lines.find((line) => line.trim()).search(/\S/);
      const made = node.type === "BLOCK_FOLDED"
        ? refolded(lines.join("\n"), after)
        : after.split("\n").map((line) => (line ? " ".repeat(column) + line : line)).join("\n");
      return made === null || /^[ \t]/.test(after) ? put() : this.put(start + header.length + 1, end, made);
    }

    map(node, after, shape, flow) {
      const names = Object.keys(shape.keys);
      const places = new Map(node.items.map((pair, place) => [pair.key.value, place]));
      const gone = new Set(), come = new Map();
      let last = -1; // the place behind which a key comes that was not there
      for (const name of names) {
        const place = places.get(name);
        const pair = node.items[place];
        const before = pair && pruned(formOf(pair.value, shape.keys[name]));
        const now = after[name];
        if (pair) last = place;
        if (same(before, now)) continue;
        if (!pair) come.set(last, [...(come.get(last) ?? []), pairOf(name, nodeOf(now, shape.keys[name], flow))]);
        else if (now === undefined) gone.add(place);
        else this.pairValue(node, pair, before, now, shape.keys[name], flow);
      }
      this.items(node, gone, come, flow);
    }

    pairValue(node, pair, before, after, shape, flow) {
      const put = () => {
        const colon = this.text.indexOf(":", pair.key.range[1]) + 1;
        const made = nodeOf(after, shape, flow);
        const column = flow ? 0 : this.column(node.items[0].key.range[0]);
        this.put(colon, this.pairEnd(pair), flow ? ` ${inline(made)}` : behind(made, column));
      };
      if (!pair.value?.range) return put();
      return this.value(pair.value, before, after, shape, flow, put);
    }

    keyed(node, after, shape, flow) {
      const known = entriesOf(node, shape);
      const named = known.map(([, key]) => key), wanted = after.map((entry) => entry[KEY]);
      const gone = new Set(), come = new Map();
      let last = -1;
      const alike = (one, other) => one === other;
      for (const [i, j] of steps(named, wanted, alike, (going, coming) => going === coming)) {
        const pair = i === undefined ? null : known[i][0];
        if (pair) last = node.items.indexOf(pair);
        if (j === undefined) gone.add(last);
        else if (!pair) {
          const made = pairOf(wanted[j], nodeOf(insideOf(after[j], shape) ?? "", shape, flow));
          come.set(last, [...(come.get(last) ?? []), made]);
        } else {
          if (named[i] !== wanted[j]) this.put(...pair.key.range.slice(0, 2), wanted[j]);
          this.pairValue(node, pair, pruned(formOf(pair.value, shape)), pruned(insideOf(after[j], shape)), shape, flow);
        }
      }
      this.items(node, gone, come, flow);
    }

    list(node, after, shape, flow, put) {
      const before = node.items.map((item) => pruned(formOf(item, shape)));
      const gone = new Set(), come = new Map();
      let last = -1;
      for (const [i, j] of steps(before, after, same, () => true)) {
        if (i !== undefined) last = i;
        if (j === undefined) gone.add(i);
        else if (i === undefined) {
          const one = new YAMLSeq();
          const twin = flow ? undefined : this.twin(node, before, after[j]);
          one.items = [nodeOf(after[j], shape, flow)];
          come.set(last, [...(come.get(last) ?? []), twin ?? one]);
        } else this.value(node.items[i], before[i], after[j], shape, flow, () => this.item(node, i, nodeOf(after[j], shape, flow), flow));
      }
      if (gone.size === node.items.length && !flow) return put();
      return this.items(node, gone, come, flow);
    }

    /** The text of an item that says the same already: one that is moved takes its comments along. */
    twin(node, before, after) {
      const place = before.findIndex((item) => same(item, after));
      if (place < 0) return undefined;
      const [start, end] = this.span(node, place);
      return /^\s*- /.test(this.text.slice(start, end)) ? this.text.slice(start, end) : undefined;
    }

    item(node, place, made, flow) {
      const item = node.items[place];
      const one = new YAMLSeq();
      one.items = [made];
      const column = flow ? 0 : this.column(this.dash(node, place));
      const text = flow ? inline(made) : inset(printed(one), column).slice(column + 2);
      this.put(item.range[0], this.contentEnd(item), text);
    }

    /** Where an item of a block begins: its key, or the dash before it. */
    dash(node, place) {
      const item = node.items[place];
      if (isMap(node)) return item.key.range[0];
      return this.text.lastIndexOf("-", item.range[0] - 1);
    }
    span(node, place) {
      const item = node.items[place];
      const end = isMap(node) ? this.pairEnd(item) : this.contentEnd(item);
      if (node.flow) return [isMap(node) ? item.key.range[0] : item.range[0], end];
      return [this.lineStart(this.dash(node, place)), this.lineEnd(end)];
    }

    /** Take items away, and put new ones behind the places that they follow; -1 is before all. */
    items(node, gone, come, flow) {
      if (!gone.size && !come.size) return;
      if (flow) this.flowItems(node, gone, come);
      else this.blockItems(node, gone, come);
    }

    flowItems(node, gone, come) {
      const bare = (made) => (isMap(made) ? printed(flowing(made), true).slice(1, -1) : inline(made.items[0]));
      const spans = node.items.map((_, place) => this.span(node, place));
      const kept = spans.findIndex((_, place) => !gone.has(place));
      const [open, close] = node.range;
      if (kept < 0) {
        const all = [...come.values()].flat().map(bare).join(", ");
        return this.put(open + 1, close - 1, all);
      }
      for (const place of gone) {
        if (place > kept) this.put(spans[place - 1][1], spans[place][1], "");
        else this.put(spans[place][0], spans[place + 1][0], "");
      }
      for (const [place, made] of come) {
        const text = made.map(bare).join(", ");
        if (place < kept) this.put(spans[kept][0], spans[kept][0], `${text}, `);
        else this.put(spans[place][1], spans[place][1], `, ${text}`);
      }
    }

    blockItems(node, gone, come) {
      const first = this.dash(node, 0);
      const column = this.column(first);
      for (const place of gone) {
        const [start, end] = this.span(node, place);
        const at = this.dash(node, place);
        if (!this.text.slice(start, at).trim()) this.put(start, end, "");
        else if (place + 1 < node.items.length) this.put(at, this.dash(node, place + 1), ""); // behind a dash
        else throw new Error("what stands behind a dash alone cannot be taken away here");
      }
      for (const [place, made] of come) {
        const text = made.map((one) => (typeof one === "string" ? one : `${inset(printed(one), column)}\n`)).join("");
        if (place >= 0) {
          const end = this.span(node, place)[1];
          this.put(end, end, text);
        } else if (!this.text.slice(this.lineStart(first), first).trim()) this.put(this.lineStart(first), this.lineStart(first), text);
        else this.put(first, first, `${text.trimStart()}${" ".repeat(column)}`); // behind a dash
      }
    }
  }
  const flowing = (map) => {
    map.flow = true;
    for (const pair of map.items) if (isMap(pair.value) || isSeq(pair.value)) pair.value.flow = true;
    return map;
  };

  /** Folded lines with other words: lines before and behind those that change stay as they are. Null where that is none. */
  const refolded = (written, after) => {
    const lines = written.split("\n");
    const parts = lines.map((line) => line.trim());
    if (parts.includes("") || after.includes("\n") || /^\s|\s$| {2}/.test(after)) return null;
    let first = 0, rest = after, behindIt = parts.length;
    while (first < parts.length && rest.startsWith(`${parts[first]} `)) rest = rest.slice(parts[first++].length + 1);
    while (behindIt > first && rest.endsWith(` ${parts[behindIt - 1]}`)) rest = rest.slice(0, -parts[--behindIt].length - 1);
    const width = Math.max(72, ...parts.map((part) => part.length));
    const made = [];
    for (const word of rest.split(" "))
      if (made.length && made.at(-1).length + 1 + word.length <= width) made.push(`${made.pop()} ${word}`);
      else made.push(word);
    const column = (lines[1] ?? lines[0]).search(/\S/);
    const all = [...parts.slice(0, first), ...made, ...parts.slice(behindIt)];
    return all.map((line, place) => (place ? " ".repeat(column) : lines[0].match(/^\s*/)[0]) + line).join("\n");
  };

  // ---------------------------------------------------------------- files

  const parted = (text, shape) => {
    if (!shape.page) return ["", text, ""];
    const found = text.match(FRONT);
    if (!found) throw new Error("nothing stands above the text of this page");
    const start = text.indexOf("\n") + 1;
    const yaml = found[1] ?? "";
    return [text.slice(0, start), yaml, text.slice(start + yaml.length)];
  };
  const BELOW = /^(---[ \t]*\n?\n*)([^]*?)(\s*)$/; // what parts, the text of the page, and blank lines at its end
  const rootOf = (form, shape) => (shape.is === "keyed" ? form[ENTRIES] : form);

  /** The form of a file. */
  const fromFile = (text, shape) => {
    const [, yaml, rest] = parted(text, shape);
    const value = formOf(read(yaml).contents, shape);
    if (value === undefined) throw new Error("this file is not written as its schema says");
    const form = shape.is === "keyed" ? {[ENTRIES]: value} : value;
    const body = shape.page ? {[BODY]: rest.match(BELOW)[2]} : {};
    return {...form, ...body, [AS_READ]: text};
  };

  /** The file with what a form says: nothing but that is changed in the file of which the form was made. */
  const toFile = (given, shape) => {
    const {[AS_READ]: text, [BODY]: body, ...form} = given;
    const after = pruned(rootOf(form, shape));
    if (!text) return fresh(after, body, shape);
    const [above, yaml, rest] = parted(text, shape);
    const contents = read(yaml).contents;
    const before = pruned(formOf(contents, shape));
    let made = yaml;
    if (!same(before, after)) {
      const change = new Change(ending(yaml));
      const known = shape.is === "map" ? Object.fromEntries(Object.keys(shape.keys).map((name) => [name, after?.[name]])) : after;
      change.value(contents, before, pruned(known), shape, false, () => {
        throw new Error("the whole of this file would be written anew");
      });
      made = change.result;
      if (!same(pruned(formOf(read(made).contents, shape)), pruned(known)))
        throw new Error("this change cannot be put into the file as it is written: change it in the file itself");
      if (!yaml.endsWith("\n")) made = made.replace(/\n$/, "");
    }
    if (!shape.page) return made;
    const [, fence, was, end] = rest.match(BELOW);
    return above + made + fence + (body === undefined || body === null || pruned(body) === pruned(was) ? was : String(body).replace(/\s+$/, "")) + end;
  };

  const fresh = (after, body, shape) => {
    const yaml = `${shape.first ?? ""}${printed(nodeOf(after ?? {}, shape, false))}\n`;
    return shape.page ? `---\n${yaml}---\n\n${(body ?? "").trim()}\n` : yaml;
  };

  return {AS_READ, fromFile, toFile};
})();
