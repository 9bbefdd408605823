"""Scripts in worlds of their own in a real WebKit, as a Safari extension has them; MiniBrowser can't inject any.

Reads from stdin {"url", "scripts": [{"source", "world"}], "world", "body"}: `world` is null for the page's own.
Each script runs in every frame before its document. When the page has loaded, runs `body` as that of an async
function in `world`, prints a line "answer " with what it returns (a string) as JSON, and ends.
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

job = json.load(sys.stdin)
manager = WebKit2.UserContentManager()
for script in job["scripts"]:
    place = (WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START)
    if script["world"] is None:
        manager.add_script(WebKit2.UserScript.new(script["source"], *place, None, None))
    else:
        manager.add_script(WebKit2.UserScript.new_for_world(script["source"], *place, script["world"], None, None))


def answered(view, result):
    print("answer", json.dumps(view.call_async_javascript_function_finish(result).to_string()), flush=True)
    Gtk.main_quit()


def loaded(view, event):
    if event == WebKit2.LoadEvent.FINISHED:
        view.call_async_javascript_function(job["body"], -1, None, job["world"], None, None, answered)


view = WebKit2.WebView.new_with_user_content_manager(manager)
view.connect("load-changed", loaded)
window = Gtk.Window()
window.add(view)
window.show_all()
view.load_uri(job["url"])
Gtk.main()
