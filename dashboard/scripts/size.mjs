// Weighs what a browser loads before it shows the first page, and fails above the budget.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const budget = 300_000;
const root = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "../dist");
const page = readFileSync(join(root, "index.html"), "utf8");
const weigh = (file) => gzipSync(readFileSync(join(root, file))).length;
const initial = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
const total = initial.reduce((sum, file) => sum + weigh(file), 0);
for (const file of initial) console.log(`${String(weigh(file)).padStart(8)}  ${file}`);
console.log(`${String(total).padStart(8)}  initial load, gzip; the budget is ${budget}`);
const later = readdirSync(join(root, "assets")).filter(
  (file) => !initial.includes(`assets/${file}`) && /\.m?js$/.test(file),
);
for (const file of later.sort((a, b) => weigh(`assets/${b}`) - weigh(`assets/${a}`)).slice(0, 8))
  console.log(`${String(weigh(`assets/${file}`)).padStart(8)}  later: ${file}`);
if (total > budget) process.exit(1);
