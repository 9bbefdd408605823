import { createPanel } from "../platform/inspectedPage.js";

createPanel("Keyhole", "/icons/32.png", "/devtools/panel.html");
