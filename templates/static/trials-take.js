/* A selection to take away, as a table or as JSON. A cell that a spreadsheet would carry out, or take for a date, gets an
   apostrophe, by the rule of the site's own tables, which trials/values.js brings along. */
"use strict";
globalThis.evidenceTake = (() => {
  const { mark, starts, number, dates, columns } = globalThis.trialValues;
  const names = Object.keys(columns);
  const reader = (column) => (Array.isArray(column) ? (row) => column[row] : (row) => column.words[column.at[row]]);
  const readers = Object.fromEntries(names.map((name) => [name, reader(columns[name])]));
  const whole = (pattern) => new RegExp(`^(?:${pattern})$`);
  const [isNumber, isDate] = [number, dates].map(whole);
  const safe = (cell) => {
    const text = String(cell);
    const formula = text && starts.includes(text[0]) && !isNumber.test(text);
    return formula || isDate.test(text) ? `'${text}` : text;
  };
  const quoted = (cell) => {
    const text = safe(cell);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const line = (cells) => `${cells.map(quoted).join(",")}\n`;
  const entry = (row) => Object.fromEntries(names.map((name) => [name, readers[name](row)]).filter(([, value]) => value !== ""));
  const written = {
    csv: (rows) => mark + [names, ...rows.map((row) => names.map((name) => readers[name](row)))].map(line).join(""),
    json: (rows) => `[\n${rows.map((row) => JSON.stringify(entry(row))).join(",\n")}\n]\n`,
  };
  const kinds = { csv: "text/csv;charset=utf-8", json: "application/json" };
  const take = (kind, rows) => {
    const address = URL.createObjectURL(new Blob([written[kind](rows)], { type: kinds[kind] }));
    Object.assign(document.createElement("a"), { href: address, download: `trials-selection.${kind}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  return { take, safe, line };
})();
