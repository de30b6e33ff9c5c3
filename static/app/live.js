// Lists and the dispatch calendar that stay up to date: a cheap question every few seconds, whether anything changed. Where
// nobody is at work in the list it is drawn anew in its place; otherwise a button offers it.
(() => {
  const ASKS_EVERY = 15_000;
  const live = () => document.querySelector("[data-live]");
  const list = () => document.querySelector("#listing-tickets, #my-work, #dispatch");
  const $$ = (selector, within) => [...within.querySelectorAll(selector)];

  const shown = () =>
    $$("input[name=selected], [data-card], [data-ticket]", list())
      .map((one) => one.value || one.dataset.ticket || one.id.replace("card-", ""))
      .filter((pk) => /^\d+$/.test(pk));

  // Somebody selects, reads with the pointer on it, drags, types, or has something open.
  const isInUse = () => {
    const place = list();
    const selection = document.getSelection();
    return (
      place.contains(document.activeElement) ||
      place.matches(":hover") ||
      document.activeElement?.matches("input, textarea, select") ||
      Boolean(place.querySelector("input[name=selected]:checked, details[open], .is-dragged, .is-moving")) ||
      Boolean(document.querySelector("dialog[open], details.menu[open]")) ||
      (selection && !selection.isCollapsed)
    );
  };

  // What scrolls by itself within the calendar, and how far it was scrolled.
  const scrolled = (place) =>
    [".week-card", ".day-card", ".backlog"].flatMap((one) => {
      const found = place.querySelector(one);
      return found ? [[one, found.scrollTop, found.scrollLeft]] : [];
    });

  const show = async () => {
    const place = list();
    const chosen = new Set($$("input[name=selected]:checked", place).map((box) => box.value));
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const href = focused?.getAttribute("href");
    const scrolls = new Map(
      $$("[data-lane]", place).map((lane) => [lane.dataset.lane, lane.querySelector("[data-cards]").scrollTop]),
    );
    const across = place.scrollLeft;
    const moved = scrolled(place);
    const typed = place.querySelector("input[type=search]")?.value;
    const url = place.id === "my-work" ? location.pathname : location.pathname + location.search;
    await window.htmx.ajax("GET", url, { target: place, swap: "outerHTML show:none" });
    const now = list();
    now.scrollLeft = across;
    for (const [one, top, left] of moved) now.querySelector(one)?.scrollTo({ top, left, behavior: "instant" });
    const search = now.querySelector("input[type=search]");
    if (search && typed !== undefined) search.value = typed;
    for (const lane of $$("[data-lane]", now)) {
      lane.querySelector("[data-cards]").scrollTop = scrolls.get(lane.dataset.lane) || 0;
    }
    const boxes = $$("input[name=selected]", now).filter((box) => chosen.has(box.value));
    for (const box of boxes) box.checked = true;
    boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
    const again = focused?.id ? document.getElementById(focused.id) : href && now.querySelector(`a[href="${CSS.escape(href)}"]`);
    again?.focus({ preventScroll: true });
    live()?.replaceChildren();
  };

  const ask = async () => {
    const place = live();
    if (!place || !list() || document.visibilityState !== "visible") return;
    const query = new URLSearchParams(location.search);
    query.set("since", place.dataset.since);
    query.set("shown", shown().join(","));
    const answer = await fetch(`${place.dataset.live}?${query}`).catch(() => null);
    if (!answer?.ok) return;
    const number = answer.headers.get("X-News");
    if (answer.status === 204) {
      if (number) place.dataset.since = number;
    } else if (isInUse()) {
      place.innerHTML = await answer.text();
    } else {
      await show();
    }
  };

  // What the server draws says how new it is.
  document.addEventListener("fx:drawn", (event) => {
    const place = live();
    if (!place) return;
    place.dataset.since = event.detail.number;
    place.replaceChildren();
  });

  document.addEventListener("click", (event) => event.target.closest("[data-show-news]") && show());
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("fx:ask", ask);
  setInterval(ask, ASKS_EVERY);
})();
