import { AUTHENTICATOR_FLAGS, type AuthenticatorData } from "../../src/index.js";
import { say } from "../words/say.js";

/** The flags of authenticator data. Set ones are filled, the others have a dashed line around them: never told apart by colour alone. */
export function Flags({ flags }: { flags: AuthenticatorData["flags"] }) {
  return (
    <span class="flags">
      {AUTHENTICATOR_FLAGS.filter(({ member }) => flags[member] || !member.startsWith("reserved")).map(
        ({ abbreviation, member, name }) => (
          <span
            key={member}
            class={flags[member] ? "flag on" : "flag off"}
            title={say(flags[member] ? "flag_yes" : "flag_no", { name })}
          >
            {abbreviation}
            <span class="visually-hidden"> {say(flags[member] ? "flag_set" : "flag_notSet")}</span>
          </span>
        ),
      )}
    </span>
  );
}
