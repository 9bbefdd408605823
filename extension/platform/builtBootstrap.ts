// Made by the build before any page is. A part of the page, not a file beside it: Safari's inspector loads
// nothing at run time, nor does a page that is one HTML file.
export { default as builtBootstrap } from "../../dist/hook/keyhole-bootstrap.js?raw";
