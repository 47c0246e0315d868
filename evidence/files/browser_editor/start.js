/* Start the editor with the configuration that the build made, and with its own way of writing files. */
"use strict";

(async () => {
  const {config, forms} = await (await fetch("config.json")).json();
  for (const [name, {extension, shape}] of Object.entries(forms))
    window.CMS.registerCustomFormat(name, extension, {
      fromFile: (text) => window.writtenForm.fromFile(text, shape),
      toFile: (form) => window.writtenForm.toFile(form, shape),
    });
  window.CMS.init({config});
})();
