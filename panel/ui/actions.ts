import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Store } from "../store/createStore.js";

/** What any part of the panel may ask of its surroundings. */
export interface Actions extends Pick<Store, "announcement" | "isAnnouncementSeen" | "announce"> {
  /** Puts a text on the clipboard and says so; shows it, to be copied by hand, where the clipboard is dead. */
  copy(text: string, what: string): void;
}

export const ActionsContext = createContext<Actions | undefined>(undefined);

export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error("useActions outside of <Panel>");
  return actions;
}
