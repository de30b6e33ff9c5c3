// The board: a card goes to another column by drag, by its menu, or by Shift and an arrow key. It moves
// at once; where the server refuses, it springs back and the reason stands in the messages.
(() => {
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const board = () => document.querySelector("[data-board]");
  let dragged = null;

  // ---- Moving ----------------------------------------------------------------------------------
  const count = (lane, step) => {
    const shown = lane.querySelector("[data-count]");
    if (shown.dataset.count !== "many") shown.textContent = String(Number(shown.textContent) + step);
  };

  const say = (kind, card, lane) => {
    const place = board()?.querySelector("[data-board-says]");
    if (!place) return;
    const number = card.querySelector(".ticket-number").textContent;
    place.textContent = place.dataset[kind]
      .replace("{ticket}", number)
      .replace("{status}", lane.dataset.name);
  };

  const put = (card, lane, before) => {
    const left = card.closest("[data-lane]");
    lane.querySelector("[data-cards]").insertBefore(card, before);
    if (left === lane) return;
    count(left, -1);
    count(lane, 1);
  };

  const move = (card, lane) => {
    const origin = card.closest("[data-lane]");
    if (!lane || lane === origin || card.classList.contains("is-moving")) return;
    const form = card.querySelector("form[data-move]");
    const after = card.nextElementSibling;
    const hadFocus = card.contains(document.activeElement);
    const id = card.id;
    card.classList.add("is-moving");
    card.querySelector("details.menu").open = false;
    put(card, lane, lane.querySelector("[data-cards]").firstElementChild);
    if (hadFocus) card.querySelector(".board-link").focus();
    const values = Object.fromEntries(new FormData(form));
    values.status = lane.dataset.lane;
    window.htmx
      .ajax("POST", form.getAttribute("action"), { source: card, target: card, swap: "outerHTML", values })
      .then(() => {
        const now = document.getElementById(id);
        if (now && now !== card) {
          if (hadFocus) now.querySelector(".board-link").focus();
          say("moved", now, lane);
          return;
        }
        back(card, origin, after, hadFocus);
      })
      .catch(() => back(card, origin, after, hadFocus));
  };

  const back = (card, origin, after, hadFocus) => {
    card.classList.remove("is-moving");
    put(card, origin, after?.isConnected && after.parentElement.closest("[data-lane]") === origin ? after : null);
    card.classList.add("is-back");
    card.addEventListener("animationend", () => card.classList.remove("is-back"), { once: true });
    if (hadFocus) card.querySelector(".board-link").focus();
    say("back", card, origin);
  };

  // ---- By the menu of the card -------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-move]");
    if (!form || !event.submitter || !window.htmx) return;
    event.preventDefault();
    move(form.closest("[data-card]"), board().querySelector(`[data-lane="${event.submitter.value}"]`));
  });

  // ---- By dragging ---------------------------------------------------------------------------------
  const unmark = () => $$(".board-lane.is-over").forEach((lane) => lane.classList.remove("is-over"));

  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card) return;
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.querySelector(".board-link").href);
    requestAnimationFrame(() => card.classList.add("is-dragged"));
  });

  document.addEventListener("dragover", (event) => {
    const lane = dragged && event.target.closest?.("[data-lane]");
    if (!lane) return;
    event.preventDefault();
    if (lane.classList.contains("is-over")) return;
    unmark();
    lane.classList.add("is-over");
  });

  document.addEventListener("drop", (event) => {
    const lane = dragged && event.target.closest?.("[data-lane]");
    if (!lane) return;
    event.preventDefault();
    move(dragged, lane);
  });

  document.addEventListener("dragend", () => {
    unmark();
    dragged?.classList.remove("is-dragged");
    dragged = null;
  });

  // ---- By keyboard: arrows walk, Shift and an arrow moves, m opens the menu --------------------------
  const lanes = () => $$("[data-lane]", board());

  const walk = (card, key) => {
    const lane = card.closest("[data-lane]");
    const cards = $$("[data-card]", lane);
    const at = cards.indexOf(card);
    if (key === "ArrowDown" || key === "ArrowUp") return cards[at + (key === "ArrowDown" ? 1 : -1)];
    const step = key === "ArrowRight" ? 1 : -1;
    const all = lanes();
    for (let next = all.indexOf(lane) + step; all[next]; next += step) {
      const there = $$("[data-card]", all[next]);
      if (there.length) return there[Math.min(at, there.length - 1)];
    }
    return null;
  };

  document.addEventListener("keydown", (event) => {
    const card = event.target.closest?.(".board-link")?.closest("[data-card]");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "m" && card.draggable) {
      event.preventDefault();
      event.stopPropagation();
      card.querySelector("details.menu").open = true;
      card.querySelector("details.menu button").focus();
      return;
    }
    if (!event.key.startsWith("Arrow")) return;
    if (event.shiftKey && card.draggable && /Left|Right/.test(event.key)) {
      event.preventDefault();
      const all = lanes();
      move(card, all[all.indexOf(card.closest("[data-lane]")) + (event.key === "ArrowRight" ? 1 : -1)]);
    } else if (!event.shiftKey) {
      const next = walk(card, event.key);
      if (!next) return;
      event.preventDefault();
      next.querySelector(".board-link").focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
})();
