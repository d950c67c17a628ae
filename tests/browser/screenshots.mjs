// Pictures of every kind of page, both languages, light and dark, on a phone and on a desk: `node screenshots.mjs FOLDER`.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, pages, sites } from "./browser.mjs";
import { serve } from "./server.mjs";

/** The search while it is used: where, what is typed, and what is then to be seen. */
const searches = [
  ["suggestions", "index.html", "вывод", ".hints"],
  ["suggestions-of-none", "index.html", "ъъыщ", ".hints"],
  ["results", "search/index.html", "вывод", ".hits li"],
  ["no-results", "search/index.html", "ъъыщ", ".none"],
];
const [folder = "screenshots"] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await launch();
for (const width of [390, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const edition of ["help", "academy"]) {
      const server = await serve(join(sites, edition));
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      for (const { path } of pages.filter((page) => page.edition === edition)) {
        await page.goto(server.address + path);
        const name = `${edition}-${path.replace(/\.html$/, "").replaceAll("/", "-")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: true });
      }
      for (const [name, path, query, sign] of searches) {
        await page.goto(`${server.address}ru/${path}`);
        const field = page.locator("input[name=q]");
        if (!(await field.isVisible())) await page.locator(".find > a").click();
        await field.fill(query);
        await page.locator(sign).first().waitFor();
        await page.screenshot({ path: join(folder, `${edition}-${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
      await page.close();
      server.close();
    }
  }
}
await browser.close();
