// What the page can do beyond reading: show what was chosen beside the text, search, and keys. Without it everything
// stands on the page one after another, and links lead there. Texts come escaped from the page itself, in `noscript`.
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const inspector = one("#inspector"), chosen = one("#chosen");
  const figuresInText = all(".document .fig[id]");
  let cameFrom = null, current = null;

  const make = (name, text, kind) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  // The inside of an element's `noscript`, as elements.
  const inside = (element) => {
    const hidden = element && element.querySelector(":scope > noscript");
    if (!hidden) return [];
    const parsed = new DOMParser().parseFromString(hidden.textContent, "text/html");
    return [...parsed.body.childNodes].map((node) => document.adoptNode(node));
  };

  // --- choosing a figure or a check ---
  const checkItem = (link, open) => {
    const details = make("details"), summary = make("summary");
    summary.append(make("span", link.textContent, link.className));
    details.append(summary);
    const fill = () => {
      if (details.childElementCount < 2) details.append(...inside(document.getElementById(link.hash.slice(1))));
    };
    details.addEventListener("toggle", fill);
    if (open) { fill(); details.open = true; }
    return details;
  };
  const showFigure = (article) => {
    const heading = one("h3", article), link = one(".fig", heading);
    chosen.append(make("h3", link.textContent), make("p", one(".what", heading).textContent, "what"));
    const where = one(".where", article).cloneNode(true);
    chosen.append(where, ...inside(article));
    all(".in-checks a", chosen).forEach((check, index) => {
      if (one(":scope > noscript", document.getElementById(check.hash.slice(1)) || make("i"))) check.replaceWith(checkItem(check, index === 0));
    });
    // What the figure is known from comes after what is wrong with it.
    const card = one(".card", chosen), list = one(".in-checks", card);
    if (list) card.prepend(...[list.previousElementSibling, list].filter(Boolean));
  };
  const showCheck = (article) => {
    chosen.append(make("h3", one("h4 a", article).textContent), one(".where", article).cloneNode(true), ...inside(article));
  };
  const markChosen = (id) => {
    all(".fig.chosen").forEach((link) => link.classList.remove("chosen"));
    all(`.fig[href="#${CSS.escape(id)}"]`).forEach((link) => link.classList.add("chosen"));
  };
  const show = (id, focus) => {
    const article = document.getElementById(id);
    if (!article || !article.matches(".figure, .check") || !one(":scope > noscript", article)) return false;
    chosen.replaceChildren();
    if (article.matches(".figure")) showFigure(article); else showCheck(article);
    inspector.setAttribute("aria-label", article.matches(".figure") ? "The chosen figure" : "The chosen check");
    inspector.hidden = false;
    inspector.scrollTop = 0;
    document.body.classList.add("chosen");
    current = id;
    markChosen(id);
    if (focus) chosen.focus({preventScroll: true});
    return true;
  };
  const close = () => {
    if (inspector.hidden) return;
    inspector.hidden = true;
    document.body.classList.remove("chosen");
    markChosen("");
    current = null;
    history.replaceState(null, "", location.pathname + location.search);
    if (cameFrom && cameFrom.isConnected) cameFrom.focus({preventScroll: true});
  };
  const choose = (id, from) => {
    if (!show(id, true)) return false;
    cameFrom = from || cameFrom;
    history.pushState(null, "", `#${id}`);
    return true;
  };
  const inText = (id) => document.getElementById(id.replace(/^figure-/, "at-"));

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const id = link.hash.slice(1);
    if (/^(figure|check)-/.test(id) && choose(id, inspector.contains(link) ? null : link)) event.preventDefault();
    else if (inspector.contains(link) && window.innerWidth < 1200) setTimeout(close);
  });
  one("#close").addEventListener("click", close);
  const step = (direction) => {
    if (!figuresInText.length) return;
    let at = current ? figuresInText.findIndex((link) => link.hash === `#${current}`) : -1;
    if (at < 0) {
      const seen = figuresInText.findIndex((link) => link.getBoundingClientRect().top > 60);
      at = direction > 0 ? (seen < 0 ? figuresInText.length : seen) - 1 : Math.max(seen, 0);
    }
    const link = figuresInText[(at + direction + figuresInText.length) % figuresInText.length];
    bring(link, "center");
    choose(link.hash.slice(1), link);
  };
  one("#previous").addEventListener("click", () => step(-1));
  one("#next").addEventListener("click", () => step(1));

  const reveal = (id) => {
    const target = document.getElementById(id);
    for (let at = target && target.parentElement; at; at = at.parentElement) if (at.matches("details")) at.open = true;
    return target;
  };
  // Rows that were never seen have an estimated height, so that a far place is only found in a few steps.
  const bring = (element, block, times = 3) => {
    element.scrollIntoView({block});
    if (times > 1) requestAnimationFrame(() => bring(element, block, times - 1));
  };
  const follow = () => {
    const id = location.hash.slice(1);
    if (/^(figure|check)-/.test(id)) {
      const place = inText(id);
      if (show(id, true) && place) { reveal(place.id); bring(place, "center"); }
    } else if (id) {
      const target = reveal(id);
      if (target) bring(target, "start");
    } else close();
  };
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  // --- findings one after another ---
  const findings = () => all(".finding").filter((finding) => !finding.hidden && !finding.closest("details:not([open])"));
  const move = (direction) => {
    const list = findings();
    if (!list.length) return;
    const at = list.findIndex((finding) => finding.contains(document.activeElement));
    const next = list[Math.min(Math.max(at + direction, 0), list.length - 1)];
    const link = one("a", next);
    link.focus();
    bring(next, "center");
  };

  // --- search ---
  const search = one("#search"), matches = one("#matches");
  one(".search").hidden = false;
  const searched = all(".finding, .figure, .check");
  const texts = new WeakMap();
  const textOf = (element) => {
    if (!texts.has(element)) {
      const parts = [...element.children].filter((child) => child.localName !== "noscript").map((child) => child.textContent);
      texts.set(element, `${parts.join(" ")} ${element.dataset.rule || ""}`.toLowerCase());
    }
    return texts.get(element);
  };
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let findingCount = 0, figureCount = 0;
    for (const element of searched) {
      const fits = words.every((word) => textOf(element).includes(word));
      element.hidden = !fits;
      if (fits && element.matches(".finding")) findingCount += 1;
      if (fits && element.matches(".figure")) figureCount += 1;
    }
    const notes = one("#notes");
    if (notes && words.length) notes.open = all(".finding", notes).some((finding) => !finding.hidden);
    matches.textContent = words.length ? `${findingCount} findings, ${figureCount} figures` : "";
  };
  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });

  // --- keys ---
  const keys = one("#keys"), keysOn = one("#keys-on");
  one("button", keys).addEventListener("click", () => keys.close());
  const actions = {j: () => move(1), k: () => move(-1), n: () => step(1), p: () => step(-1), "/": () => search.focus(), "?": () => keys.showModal()};
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    const typing = event.target.closest("input[type=search], textarea, select");
    if (event.key === "Escape") {
      if (typing && search.value) { search.value = ""; filter(); } else if (typing) typing.blur(); else close();
    } else if (!typing && keysOn.checked && actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  });

  // --- details that fill themselves, and print ---
  all("details.lazy").forEach((details) => details.addEventListener("toggle", () => {
    details.append(...inside(details));
    one(":scope > noscript", details)?.remove();
  }, {once: true}));
  const printed = [];
  window.addEventListener("beforeprint", () => {
    for (const link of all(".finding:not(.note) .open").slice(0, 100)) {
      const working = make("div", "", "printed"), source = document.getElementById(link.hash.slice(1));
      working.append(...inside(source));
      link.closest(".finding").after(working);
      printed.push(working);
    }
  });
  window.addEventListener("afterprint", () => printed.splice(0).forEach((working) => working.remove()));

  document.documentElement.classList.add("scripted");
  if (location.hash) {
    follow();
    // The browser goes to the row of that address by itself when all is loaded; what the reader wants is its place.
    window.addEventListener("load", () => setTimeout(follow));
  }
})();
