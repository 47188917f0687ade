// Offers the page that a lost address means: another case, a symbol as it is printed, an identifier without its folder.
// The page reads without this file. `addresses.js` brings the addresses there are.
(function () {
  "use strict";

  // The site's root: this file stands in it, wherever the page is shown.
  const root = document.currentScript.src.replace(/[^/]*$/, "");

  // As src/base/path.rs makes the last part of an address of a symbol.
  function slug(text) {
    return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  // The parts of the lost address below the root, without file name and language.
  function parts(languages) {
    let path = location.href.split(/[?#]/)[0];
    path = path.startsWith(root) ? path.slice(root.length) : location.pathname;
    const found = decoded(path).replace(/(index)?\.html?$/i, "").split("/").filter(Boolean);
    return found.length > 0 && languages.includes(found[0].toLowerCase()) ? found.slice(1) : found;
  }

  // Every page by the slug of its last part.
  function pagesByName(table) {
    const named = new Map();
    function add(name, page) {
      const key = slug(name);
      named.set(key, (named.get(key) || []).concat([page]));
    }
    Object.keys(table.pages).forEach((folder) => {
      table.pages[folder].split(" ").forEach((name) => {
        add(name, folder === "" ? name : folder + "/" + name);
      });
    });
    Object.keys(table.symbols).forEach((symbol) => {
      add(symbol, table.symbols[symbol]);
    });
    return named;
  }

  // The pages that the longest run of parts names, later parts before earlier ones: `/x/A/RES/62/59/y` is a resolution.
  function pagesFor(lost, named) {
    for (let length = lost.length; length > 0; length -= 1) {
      for (let start = lost.length - length; start >= 0; start -= 1) {
        const found = named.get(slug(lost.slice(start, start + length).join("-")));
        if (found) {
          return preferred(found, lost[0].toLowerCase());
        }
      }
    }
    return [];
  }

  // Those in the folder that the address begins with, if there are such.
  function preferred(pages, folder) {
    const own = pages.filter((page) => page.startsWith(folder + "/"));
    return own.length > 0 ? own : pages;
  }

  function offer(section, pages) {
    const list = section.querySelector("ul");
    pages.forEach((page) => {
      const link = document.createElement("a");
      link.href = root + section.dataset.prefix + page + "/index.html";
      link.textContent = section.dataset.prefix + page + "/";
      const item = document.createElement("li");
      item.appendChild(link);
      list.appendChild(item);
    });
    section.hidden = pages.length === 0;
  }

  const sections = Array.from(document.querySelectorAll("[data-prefix]"));
  const languages = sections.map((section) => section.dataset.prefix.replace("/", ""));
  const table = window.depositaryAddresses;
  const pages = table ? pagesFor(parts(languages.filter(Boolean)), pagesByName(table)) : [];
  sections.forEach((section) => {
    offer(section, pages);
  });
})();
