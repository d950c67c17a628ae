// What axe finds on a page as it is now.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** For a page that was opened with `bypassCSP`: the page's own policy lets no script in. */
export const findings = (page) =>
  page.evaluate(async ([source, values]) => {
    if (!window.axe) new Function(source)();
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values } });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  }, [axe, tags]);
