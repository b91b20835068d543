// The pages work without this. It wakes GOV.UK Frontend's components and adds two conveniences.
// The class that GOV.UK's template sets by an inline script is set here: our policy allows none.

import {
  Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload, NotificationBanner,
  PasswordInput, Radios, ServiceNavigation, SkipLink, Tabs, createAll,
} from "govuk-frontend";

// A radio may not say that it is expanded (ARIA knows no such state of it), so ours does not.
class RevealingRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const Component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload, NotificationBanner,
  PasswordInput, RevealingRadios, ServiceNavigation, SkipLink, Tabs,
]) {
  createAll(Component, undefined, { onError: () => {} });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// Details are opened for the printer, which cannot press them.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((each) => { each.open = true; });
});
window.addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));

// How far a report is: asked every few seconds, and the page asked again once it is there.
for (const section of document.querySelectorAll("[data-progress]")) {
  const bar = section.querySelector("progress");
  const stage = section.querySelector("[data-progress-stage]");
  const ask = async () => {
    const answer = await fetch(section.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const told = await answer.json();
    if (told.over) return window.location.reload();
    bar.max = told.total || 1;
    bar.value = told.done;
    if (told.stage && stage.textContent !== told.stage) stage.textContent = told.stage;
    setTimeout(ask, 3000);
  };
  setTimeout(ask, 3000);
}
