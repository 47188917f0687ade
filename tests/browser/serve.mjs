// A server as plain as the plainest host: the files of FOLDER under /archive/, the site's own page for what is not there.
//
//   node serve.mjs FOLDER PORT
//
// What is asked for with `?slowly` comes in parts. It prints a line once it can be asked, and runs until it is ended.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";

const [root, port] = [resolve(process.argv[2]), Number(process.argv[3])];

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".json": "application/json", ".ndjson": "application/x-ndjson", ".png": "image/png",
};

// A page as a slow line brings it: its head, the beginning of its body piece by piece, each with a while that is enough to
// show it, then the rest.
async function slowly(response, page) {
  const [pieces, size, pause] = [10, 600, 100];
  const body = page.indexOf("<body");
  for (let piece = 0; piece <= pieces; piece += 1) {
    response.write(page.subarray(piece === 0 ? 0 : body + (piece - 1) * size, body + piece * size));
    await new Promise((done) => setTimeout(done, pause));
  }
  response.end(page.subarray(body + pieces * size));
}

async function respond(request, response) {
  const address = new URL(request.url, "http://localhost");
  const path = decodeURIComponent(address.pathname);
  const name = path.startsWith("/archive/") ? path.slice("/archive/".length) : "..";
  const file = resolve(root, name.endsWith("/") || name === "" ? `${name}index.html` : name);
  const body = file.startsWith(root) ? await readFile(file).catch(() => null) : null;
  if (body === null) {
    response.writeHead(404, { "content-type": TYPES[".html"] });
    response.end(await readFile(join(root, "404.html")));
  } else {
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    await (address.searchParams.has("slowly") ? slowly(response, body) : response.end(body));
  }
}

createServer(respond).listen(port, "127.0.0.1", () => console.log("listening"));
