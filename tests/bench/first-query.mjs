// Prints the names of the files in `search/` that one query loads besides the scripts: SITE LANGUAGE QUERY.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [site, language, query] = process.argv.slice(2);
const server = createServer(async ({ url }, response) => {
  const path = decodeURIComponent(url);
  console.log(path.split("/").pop());
  response.end(await readFile(join(site, path)));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const { open } = await import(pathToFileURL(join(site, "search/search.js")));
const index = await open(language, { base: `http://127.0.0.1:${server.address().port}/` });
await index.search(query, { limit: 10 });
server.close();
server.closeAllConnections();
