// Builds what the pages load: one stylesheet and one script, both from this folder and the locked packages.
// Nothing of it is committed; `make install` runs it.
import { readFile, readdir } from "node:fs/promises";
import * as esbuild from "esbuild";

const out = "../src/kyodo/core/ui/static/built";
const target = ["chrome109", "firefox115", "safari16"];

// The package defines some two hundred tokens; a page should load the few that our own sheets name.
const usedTokens = {
  name: "used-tokens",
  setup(build) {
    build.onLoad({ filter: /design-tokens[\\/]dist[\\/]tokens\.css$/ }, async ({ path }) => {
      const sheets = (await readdir("src")).filter((name) => name.endsWith(".css"));
      const ours = (await Promise.all(sheets.map((name) => readFile(`src/${name}`, "utf8")))).join("\n");
      const defined = new Map();
      for (const [, name, value] of (await readFile(path, "utf8")).matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
        defined.set(name, value);
      }
      const used = new Set();
      const use = (text) => {
        for (const [, name] of text.matchAll(/var\((--[\w-]+)/g)) {
          if (defined.has(name) && !used.has(name)) {
            used.add(name);
            use(defined.get(name));
          }
        }
      };
      use(ours);
      const lines = [...defined].filter(([name]) => used.has(name)).map(([name, value]) => `${name}:${value};`);
      return { contents: `:root{${lines.join("")}}`, loader: "css" };
    });
  },
};

await esbuild.build({
  entryPoints: { kyodo: "src/kyodo.css" },
  outdir: out,
  bundle: true,
  minify: true,
  plugins: [usedTokens],
  target,
});

await esbuild.build({
  entryPoints: { kyodo: "src/kyodo.js" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target,
  legalComments: "linked",
});
