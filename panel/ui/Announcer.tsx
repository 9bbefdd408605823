import { useEffect, useState } from "preact/hooks";
import { useActions } from "./actions.js";

/** Says what happened to those who can't see it, and shows it for a moment to those who can. */
export function Announcer() {
  const { announcement, isAnnouncementSeen, announce } = useActions();
  const sentence = announcement.value;
  // A region that comes with its words is not read out: they follow it.
  const [said, setSaid] = useState("");
  useEffect(() => {
    setSaid(sentence);
    if (sentence === "") return;
    const timer = setTimeout(() => announce(""), 2_500);
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <div role="status" class={said !== "" && isAnnouncementSeen.value ? "toast" : "visually-hidden"}>
      {said}
    </div>
  );
}
