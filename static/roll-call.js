// The roll call of a resolution in another order: by State or by region, each State then with its vote.
"use strict";
(() => {
  const roll = document.querySelector(".roll");
  if (!roll) {
    return;
  }
  const order = roll.querySelector(".roll-order");
  const byVote = [...roll.querySelectorAll(".votes")];
  const { compare } = new Intl.Collator(document.documentElement.lang);

  function voters() {
    return byVote.flatMap((group) => [...group.querySelectorAll("li")].map((item) => ({
      item, name: item.textContent, region: item.dataset.region || "–", vote: group.dataset.vote,
    })));
  }

  // A State with its vote, as a copy: the groups by vote stay as they are.
  function line({ item, vote }) {
    const copy = item.cloneNode(true);
    const small = document.createElement("small");
    small.textContent = ` ${vote}`;
    copy.append(small);
    return copy;
  }

  function group(name, members) {
    const section = document.createElement("section");
    section.className = "votes sorted";
    if (name) {
      section.append(Object.assign(document.createElement("h3"), { textContent: name }));
    }
    const list = Object.assign(document.createElement("ul"), { className: "inline" });
    list.append(...members.map(line));
    section.append(list);
    return section;
  }

  function groups(key) {
    const all = voters().sort((left, right) => compare(left.name, right.name));
    if (key === "name") {
      return [group("", all)];
    }
    const regions = [...new Set(all.map((voter) => voter.region))].sort(compare);
    return regions.map((region) => group(region, all.filter((voter) => voter.region === region)));
  }

  function show(key) {
    roll.querySelectorAll(".sorted").forEach((section) => section.remove());
    byVote.forEach((section) => {
      section.hidden = key !== "vote";
    });
    if (key !== "vote") {
      roll.append(...groups(key));
    }
    order.querySelectorAll("button").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.by === key));
    });
  }

  order.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) {
      show(button.dataset.by);
    }
  });
  order.hidden = false;
})();
