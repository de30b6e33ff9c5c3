// What pages share: menus, dialogs, confirmation, shortcuts, searchable selects, htmx manners.
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

  // ---- Menus: one open at a time, closed by Escape or a click elsewhere -----------------------
  const closeMenus = (except) => {
    for (const menu of $$("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };

  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));

  // ---- Dialogs: data-opens="id" opens, data-closes closes, a click beside them closes ----------
  const open = (dialog) => {
    closeMenus();
    if (!dialog.open) dialog.showModal();
    const field = $("[autofocus], input:not([type=hidden]), select, textarea", dialog);
    if (field) field.focus();
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog) {
      event.preventDefault();
      open(dialog);
      return;
    }
    if (event.target.closest("[data-closes]") || event.target.matches("dialog[open]")) {
      const closing = event.target.closest("dialog");
      if (closing && !closing.hasAttribute("data-stays")) closing.close();
    }
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(dismiss.dataset.dismiss).remove();
  });

  // ---- Confirmation: data-confirm on a form or a button, hx-confirm on htmx elements ------------
  const ask = (question, label) =>
    new Promise((resolve) => {
      const dialog = $("#confirm-dialog");
      $("[data-question]", dialog).textContent = question;
      const yes = $("[value=yes]", dialog);
      yes.textContent = label || yes.dataset.label;
      dialog.returnValue = "";
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
      dialog.showModal();
    });

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const asker = event.submitter?.dataset.confirm ? event.submitter : form;
      if (!asker.dataset.confirm || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(asker.dataset.confirm, asker.dataset.confirmLabel).then((agreed) => {
        if (!agreed) return;
        form.dataset.confirmed = "yes";
        form.requestSubmit(event.submitter);
        delete form.dataset.confirmed;
      });
    },
    true,
  );

  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question).then((agreed) => agreed && event.detail.issueRequest(true));
  });

  // ---- Keyboard: Ctrl/Cmd-K searches, data-shortcut="r" makes r press or focus that element ------
  const isTyping = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const dialog = $("#search-dialog");
      if (dialog) {
        event.preventDefault();
        open(dialog);
        $("input[type=search]", dialog).select();
      }
      return;
    }
    if (event.key === "Escape") closeMenus();
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if ($("dialog[open]")) return;
    const name = CSS.escape(event.key);
    const target = $$(`[data-shortcut="${name}"]`).find((element) => element.offsetParent !== null);
    if (!target) return;
    event.preventDefault();
    if (isTyping(target)) target.focus();
    else target.click();
    if (target.tagName === "SUMMARY") focusIn(target.parentElement);
    document.getElementById(target.dataset.thenFocus)?.focus();
  });

  const focusIn = (box) => {
    const field = $("a, button, input:not([type=hidden]), select, textarea", box);
    if (field?.tomselect) field.tomselect.focus();
    else field?.focus();
  };

  // The list of keys is read off the page each time, so it names what works here and nothing else.
  const nameOf = (element) => {
    const label = element.labels?.[0] || element;
    return (element.dataset.keyLabel || element.ariaLabel || label.textContent).trim();
  };

  const listKeys = () => {
    const list = $("#keys-dialog [data-keys]");
    const named = new Map();
    for (const element of $$("[data-shortcut]")) {
      const key = element.dataset.shortcut;
      if (element.offsetParent !== null && !named.has(key)) named.set(key, nameOf(element));
    }
    list.replaceChildren(
      ...[...named].map(([key, name]) => {
        const row = document.createElement("div");
        const press = document.createElement("kbd");
        press.textContent = key;
        row.append(press, name);
        return row;
      }),
    );
    for (const row of $$("#keys-dialog [data-where]")) row.hidden = !$(row.dataset.where);
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens=keys-dialog]")) listKeys();
  }, true);

  // Arrow keys walk through the links of a search panel or a menu.
  document.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const box = event.target.closest("#search-dialog, details.menu[open]");
    if (!box) return;
    const stops = $$("input[type=search], .search-hit, .menu-item", box);
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = stops[stops.indexOf(event.target) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  // ---- Theme ---------------------------------------------------------------------------------------
  const showTheme = () => {
    for (const button of $$("[data-theme-choice]:is(button)")) {
      const pressed = button.dataset.themeChoice === window.fixpointTheme.chosen();
      button.setAttribute("aria-pressed", String(pressed));
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-theme-choice]");
    if (!button) return;
    window.fixpointTheme.choose(button.dataset.themeChoice);
    showTheme();
  });

  // ---- Lists: select all, and how many are selected ---------------------------------------------
  document.addEventListener("change", (event) => {
    const list = event.target.closest(".listing");
    if (!list) return;
    const boxes = $$("tbody input[name=selected]", list);
    if (event.target.matches("[data-select-all]")) {
      for (const box of boxes) box.checked = event.target.checked;
    }
    const count = $("[data-selected-count]", list);
    if (count) count.textContent = String(boxes.filter((box) => box.checked).length);
  });

  // Leaving the search box is no new search: what was typed has been asked for already, and a second
  // request would overtake the click that left it.
  document.addEventListener(
    "change",
    (event) => {
      if (event.target.matches(".filter-bar input[type=search]")) event.stopPropagation();
    },
    true,
  );

  // A whole form sends itself when a field changes: data-autosubmit (htmx forms say it in hx-trigger).
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form) form.requestSubmit();
  });

  // ---- What new content needs -----------------------------------------------------------------------
  const dress = (within) => {
    for (const select of $$("select[data-searchable]", within)) {
      if (select.tomselect || !window.TomSelect) continue;
      select.setAttribute("aria-hidden", "true");
      new window.TomSelect(select, {
        maxOptions: 200,
        copyClassesToDropdown: false,
        allowEmptyOption: true,
        controlInput: "<input>",
        placeholder: select.dataset.placeholder || "",
        render: { no_results: (_data, _escape) => `<div class="p-2">${noResults()}</div>` },
      });
    }
    for (const key of $$("[data-mod-key]", within)) key.textContent = isMac ? "⌘K" : "Ctrl K";
    for (const dialog of $$("dialog[data-open-now]", within)) open(dialog);
    for (const hint of $$("[data-bs-toggle=tooltip]", within)) {
      window.tabler?.Tooltip.getOrCreateInstance(hint);
    }
    showTheme();
    fade(document);
  };

  // Good news goes away by itself; whatever went wrong stays until it is put away.
  const fade = (within) => {
    for (const notice of $$("#messages .tone-good", within)) {
      setTimeout(() => !notice.matches(":hover") && notice.remove(), 8000);
    }
  };

  const noResults = () => document.body.dataset.noResults || "";

  document.addEventListener("htmx:load", (event) => dress(event.detail.elt));
  document.addEventListener("DOMContentLoaded", () => dress(document));

  // Filters that are empty stay out of the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.hasAttribute("data-drop-empty")) return;
    for (const [name, value] of Object.entries(event.detail.parameters)) {
      if (value === "") delete event.detail.parameters[name];
    }
  });

  // A refused or failed request must be seen: the server's own 422 page is swapped, the rest is told.
  const tellFailure = () => {
    const template = $("#request-failed");
    if (!template) return;
    const box = $("#messages");
    box.replaceChildren(template.content.cloneNode(true));
  };
  document.addEventListener("htmx:responseError", tellFailure);
  document.addEventListener("htmx:sendError", tellFailure);

  // ---- Unsaved text: forms marked data-guard ask before they are left --------------------------------
  let dirty = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) dirty = true;
  });
  for (const saved of ["submit", "fx:kept"]) {
    document.addEventListener(saved, () => {
      dirty = false;
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
