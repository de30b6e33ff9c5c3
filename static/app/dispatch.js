// The dispatch calendar: a ticket or an appointment is dragged onto a slot, an end is dragged along.
// What is booked is decided by the server, which draws the calendar anew; the forms do all of it too.
(() => {
  const QUARTER = 900;
  let dragged = null;

  const board = () => document.getElementById("dispatch");
  const two = (number) => String(number).padStart(2, "0");

  // ---- Sending ---------------------------------------------------------------------------------
  const send = (values) => {
    window.htmx.ajax("POST", board().dataset.place, {
      target: "#dispatch",
      swap: "outerHTML",
      source: "#dispatch",
      values,
    });
  };

  const described = (item) => {
    const { ticket, appointment, seen, minutes } = item.dataset;
    return ticket ? { ticket, minutes } : { appointment, seen, minutes };
  };

  // ---- Where on a day the pointer is -------------------------------------------------------------
  const quarterAt = (track, x) => {
    const box = track.getBoundingClientRect();
    const quarters = Number(track.dataset.quarters);
    const at = Math.round(((x - box.left) / box.width) * quarters);
    return Math.min(Math.max(at, 0), quarters - 1);
  };

  const instantAt = (track, quarter) => Number(track.dataset.start) + quarter * QUARTER;

  const unmark = () => {
    for (const mark of document.querySelectorAll(".drop-mark")) mark.remove();
    for (const target of document.querySelectorAll(".is-target")) target.classList.remove("is-target");
  };

  const mark = (track, quarter) => {
    const hours = track.closest(".day-card").querySelectorAll(".day-hour");
    const hour = hours[Math.floor(quarter / 4)].textContent.trim().slice(0, 2);
    const shown = document.createElement("span");
    shown.className = "drop-mark";
    shown.textContent = `${hour}:${two((quarter % 4) * 15)}`;
    const total = Number(track.dataset.quarters);
    const width = Math.min(Math.ceil(dragged.minutes / 15), total - quarter);
    shown.style.insetInlineStart = `${(quarter / total) * 100}%`;
    shown.style.inlineSize = `${(width / total) * 100}%`;
    track.append(shown);
  };

  // ---- Dragging --------------------------------------------------------------------------------
  const itemAt = (target) => {
    const item = target.closest?.("[data-ticket], [data-appointment]");
    return item && board()?.contains(item) ? item : null;
  };

  const lift = (item, x) => {
    const isOnDay = item.matches(".day-front .appt");
    const grabbed = isOnDay ? x - item.getBoundingClientRect().left : 0;
    dragged = { item, grabbed, minutes: Number(item.dataset.minutes) };
    item.classList.add("is-dragged");
  };

  const layDown = () => {
    dragged?.item.classList.remove("is-dragged");
    dragged = null;
    unmark();
  };

  const hover = (place, x) => {
    unmark();
    if (!place) return;
    place.classList.add("is-target");
    if (place.dataset.quarters) mark(place, quarterAt(place, x - dragged.grabbed));
  };

  const dropOn = (place, x) => {
    const values = { ...described(dragged.item), technician: place.dataset.technician };
    if (place.dataset.quarters) {
      const quarter = quarterAt(place, x - dragged.grabbed);
      values.start = new Date(instantAt(place, quarter) * 1000).toISOString();
    } else {
      values.day = place.dataset.day;
    }
    unmark();
    send(values);
  };

  document.addEventListener("dragstart", (event) => {
    const item = itemAt(event.target);
    if (!item) return;
    lift(item, event.clientX);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.textContent.trim());
  });

  document.addEventListener("dragend", layDown);

  document.addEventListener("dragover", (event) => {
    if (!dragged) return;
    const place = event.target.closest?.("[data-drop]");
    hover(place, event.clientX);
    if (place) event.preventDefault();
  });

  document.addEventListener("drop", (event) => {
    const place = event.target.closest?.("[data-drop]");
    if (!dragged || !place) return;
    event.preventDefault();
    dropOn(place, event.clientX);
  });

  // ---- The same by touch: hold until it lifts, then move it; near an edge the page scrolls along ----
  const HOLD = 350;
  const SLACK = 8;
  const EDGE = 72;
  let held = null;

  const under = (x, y) => document.elementFromPoint(x, y)?.closest("[data-drop]");

  const letGo = () => {
    if (!held) return;
    clearTimeout(held.timer);
    cancelAnimationFrame(held.frame);
    held.item.draggable = true;
    held = null;
    layDown();
  };

  const scrollAlong = () => {
    if (!held) return;
    const speed = held.y < EDGE ? -10 : held.y > innerHeight - EDGE ? 10 : 0;
    if (speed) {
      scrollBy(0, speed);
      hover(under(held.x, held.y), held.x);
    }
    held.frame = requestAnimationFrame(scrollAlong);
  };

  document.addEventListener("touchstart", (event) => {
    letGo();
    const item = event.touches.length === 1 && !event.target.closest?.("[data-grip]") && itemAt(event.target);
    if (!item) return;
    const { clientX: x, clientY: y } = event.touches[0];
    item.draggable = false; // else the browser lifts it in its own way, too
    const timer = setTimeout(() => {
      lift(item, held.x);
      navigator.vibrate?.(12);
      scrollAlong();
    }, HOLD);
    held = { item, x, y, timer };
  }, { passive: true });

  document.addEventListener("touchmove", (event) => {
    if (!held) return;
    const { clientX: x, clientY: y } = event.touches[0];
    if (!dragged) {
      if (Math.hypot(x - held.x, y - held.y) > SLACK) letGo(); // it is scrolled
      return;
    }
    event.preventDefault();
    Object.assign(held, { x, y });
    hover(under(x, y), x);
  }, { passive: false });

  document.addEventListener("touchend", (event) => {
    if (held && dragged) {
      event.preventDefault();
      const place = under(held.x, held.y);
      if (place) dropOn(place, held.x);
    }
    letGo();
  }, { passive: false });

  document.addEventListener("touchcancel", letGo);
  document.addEventListener("contextmenu", (event) => held && event.preventDefault());

  // ---- Making longer or shorter ------------------------------------------------------------------
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    const item = grip.closest(".appt");
    const track = item.closest("[data-drop]");
    const quarter = track.getBoundingClientRect().width / Number(track.dataset.quarters);
    const before = Number(item.dataset.minutes);
    const from = event.clientX;
    let minutes = before;
    grip.setPointerCapture(event.pointerId);
    item.draggable = false;

    const move = (moved) => {
      const steps = Math.round((moved.clientX - from) / quarter);
      minutes = Math.max(15, before + steps * 15);
      item.style.inlineSize = `${quarter * (minutes / 15)}px`;
    };
    const end = (ended) => {
      grip.removeEventListener("pointermove", move);
      item.style.inlineSize = "";
      item.draggable = true;
      if (ended.type !== "pointerup" || minutes === before) return;
      const start = new Date(Number(item.dataset.starts) * 1000).toISOString();
      send({ ...described(item), technician: track.dataset.technician, start, minutes });
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", end, { once: true });
    grip.addEventListener("pointercancel", end, { once: true });
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-grip]")) event.preventDefault();
  });
})();
