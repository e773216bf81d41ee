// Builds what the pages load: one stylesheet and one script, both from this folder and the locked packages.
// Nothing of it is committed; `make install` runs it.
import * as esbuild from "esbuild";

const out = "../src/kyodo/core/ui/static/built";

await esbuild.build({
  entryPoints: { kyodo: "src/kyodo.css" },
  outdir: out,
  bundle: true,
  minify: true,
  target: ["chrome109", "firefox115", "safari16"],
});

await esbuild.build({
  entryPoints: { kyodo: "src/kyodo.js" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
  legalComments: "linked",
});
