import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { en } from "./ui/words/en/index.ts";

const ROOT = new URL("./", import.meta.url).pathname;
const files = new Map(
  globSync("**/*.{ts,tsx}", { cwd: ROOT }).map((name) => [name, readFileSync(ROOT + name, "utf8")]),
);
const ours = [...files].filter(
  ([name]) =>
    !/^(ui\/words\/(en|de|ar)|api\/types|model)\//.test(name) && !name.endsWith(".test.ts"),
);
const texts = ours.map(([, text]) => text).join("\n");

/** Names in quotes, alone; and names among others in quotes, as classes are. */
const alone = new Set([...texts.matchAll(/(["'])(\w+)\1/g)].map((one) => one[2]));
const among = new Set(
  [...texts.matchAll(/["`][^"`\n]*["`]/g)].flatMap(([one]) => one.match(/[\w-]+/g) ?? []),
);

/** What names made of parts look like: `verdict_${sign}`. */
const made = [...texts.matchAll(/(?<=["`\s])[\w-]*(?:\$\{[^`{}]*\}[\w-]*)+(?=["`\s])/g)]
  .map(([one]) => one.split(/\$\{[^}]*\}/))
  .filter((parts) => parts.some((part) => part.length > 2))
  .map((parts) => new RegExp(`^${parts.join("[\\w-]*")}$`));

function isNamed(name: string, names: ReadonlySet<string | undefined>): boolean {
  return names.has(name) || made.some((pattern) => pattern.test(name));
}

test("every word is said somewhere", () => {
  const keys = Object.keys(en);
  assert.ok(keys.length > 1000);
  assert.deepEqual(
    keys.filter((key) => !isNamed(key, alone)),
    [],
  );
});

test("every class that is styled is drawn somewhere", () => {
  const styles = globSync("**/*.css", { cwd: ROOT }).map((name) =>
    readFileSync(ROOT + name, "utf8"),
  );
  const bare = styles.join("\n").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const classes = new Set(
    [...bare.matchAll(/(?<![\w/])\.([a-z][\w-]*)/g)].map((one) => one[1] ?? ""),
  );
  assert.ok(classes.size > 300);
  assert.deepEqual(
    [...classes].filter((name) => !isNamed(name, among)),
    [],
  );
});

test("every function and value that is given out is taken somewhere", () => {
  const given = ours.flatMap(([name, text]) =>
    [...text.matchAll(/^export (?:async )?(?:function\*? |const |class )(\w+)/gm)].map(
      (one) => [name, one[1] ?? ""] as const,
    ),
  );
  assert.ok(given.length > 300);
  const words = new Map([...files].map(([name, text]) => [name, new Set(text.match(/\w+/g))]));
  assert.deepEqual(
    given.filter(([home, one]) => ![...words].some(([name, all]) => name !== home && all.has(one))),
    [],
  );
});
