import { AUTHENTICATOR_FLAGS, type AuthenticatorData } from "../../src/index.js";

/** The flags of authenticator data. Set ones are filled, the others struck through: never told apart by colour alone. */
export function Flags({ flags }: { flags: AuthenticatorData["flags"] }) {
  return (
    <span class="flags">
      {AUTHENTICATOR_FLAGS.filter(({ member }) => flags[member] || !member.startsWith("reserved")).map(
        ({ abbreviation, member, name }) => (
          <span
            key={member}
            class={flags[member] ? "flag on" : "flag off"}
            title={`${name}: ${flags[member] ? "yes" : "no"}`}
          >
            {abbreviation}
            <span class="visually-hidden">{flags[member] ? " set" : " not set"}</span>
          </span>
        ),
      )}
    </span>
  );
}
