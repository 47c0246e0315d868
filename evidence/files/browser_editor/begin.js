/* The editor starts when start.js says so, with a configuration of its own. */
"use strict";
window.CMS_MANUAL_INIT = true;
