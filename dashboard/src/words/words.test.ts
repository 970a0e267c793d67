import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import de from "./de";
import en from "./en";

const root = join(__dirname, "..");

/** Attributes that a person reads or hears. */
const spoken = new Set(["label", "title", "placeholder", "aria-label", "alt", "description", "about", "text"]);
const letters = /\p{L}{2,}/u;
/** Names that are the same in every language. */
const names = new Set(["StatusNotification", "https://"]);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.name.endsWith(".tsx") && !entry.name.endsWith(".test.tsx"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function textsIn(file: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && letters.test(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxAttribute(node) &&
      spoken.has(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer) &&
      letters.test(node.initializer.text) &&
      !names.has(node.initializer.text)
    )
      found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("no page has text outside the catalogues", () => {
  const strays = ["pages", "parts", "shell"]
    .flatMap((folder) => sources(join(root, folder)))
    .flatMap((file) => textsIn(file).map((text) => `${file.slice(root.length)}: ${text}`));
  expect(strays).toEqual([]);
});

function keysOf(words: object, path = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "object" && value !== null ? keysOf(value, `${path}${key}.`) : [`${path}${key}`],
  );
}

test("both languages have the same words, and none is empty", () => {
  expect(keysOf(de).sort()).toEqual(keysOf(en).sort());
  const empty = (words: object): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === "string" ? (value.trim() ? [] : [key]) : typeof value === "object" ? empty(value) : [],
    );
  expect([...empty(en), ...empty(de)]).toEqual([]);
});

test("numbers of one and of many are worded alike well", () => {
  expect(en.chargestations.bulk.stations("1")).toBe("1 chargestation");
  expect(en.chargestations.bulk.stations("2")).toBe("2 chargestations");
  expect(de.overview.alerts.unknown("1")).toBe("1 unbekannte Karte wurde an eine Station gehalten");
});

test("every code of an attempt to connect has its words", () => {
  const source = readFileSync(join(root, "../../src/Voltgate.Server/Api/Stations/Diagnoses.cs"), "utf8");
  const codes = [...source.matchAll(/^ {8}\["(\w+)"\] = /gm)].map(([, code]) => code as string);
  expect(codes.length).toBeGreaterThan(40);
  expect(codes.filter((code) => !(code in en.diagnoses))).toEqual([]);
  expect(Object.keys(en.diagnoses).filter((code) => code !== "accepted" && !codes.includes(code))).toEqual([]);
});

test("every code that an order or a session fails by has its words", () => {
  const domain = join(root, "../../src/Voltgate.Domain");
  const codes = readdirSync(domain, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.name.endsWith(".cs"))
    .flatMap((entry) => [
      ...readFileSync(join(entry.parentPath, entry.name), "utf8").matchAll(/new Failure\(\s*"(\w+)"/g),
    ])
    .map(([, code]) => code as string);
  expect(codes.length).toBeGreaterThan(8);
  expect(codes.filter((code) => !(code in en.failures))).toEqual([]);
});

test("every code by which the API refuses has its words", () => {
  const document = readFileSync(join(root, "../../docs/openapi.json"), "utf8");
  const { examples } = JSON.parse(document).components as { examples: Record<string, { value?: { code?: string } }> };
  const codes = Object.values(examples).flatMap(({ value }) => (value?.code ? [value.code] : []));
  expect(codes.length).toBeGreaterThan(60);
  expect(codes.filter((code) => !(code in en.refusals))).toEqual([]);
});
