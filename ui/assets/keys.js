// Alt and a digit goes to the field with that data-key; Ctrl and Enter sends the form one is in, or the page's own when one
// is in none, by the button that <form data-send> names if it names one. <body data-keys="off"> switches both off.
export function startKeys() {
  if (document.body.dataset.keys === "off") return;
  document.addEventListener("keydown", (event) => {
    if (event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-9]$/.test(event.code)) {
      const field = document.querySelector(`[data-key="${event.code.slice(-1)}"]`);
      if (!field) return;
      event.preventDefault();
      focusField(field);
    }
    if (event.ctrlKey && event.key === "Enter" && !event.repeat) {
      const within = event.target instanceof Element ? event.target.closest("form") : null;
      const form = within ? within.closest('form[data-kith="keys"]') : document.querySelector('form[data-kith="keys"]');
      if (!form) return;
      event.preventDefault();
      const wanted = form.dataset.send;
      form.requestSubmit([...form.elements].find((field) => field.type === "submit" && (!wanted || field.name === wanted)));
    }
  });
}

function focusField(field) {
  const inside = field.matches("input, textarea, select") ? field : field.querySelector("input:checked") ?? field.querySelector("input");
  inside?.focus();
}
