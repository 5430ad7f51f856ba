import { expect, test } from "vitest";
import { calls, readFeedback, readGoals, readReply } from "../../../../provers/coq/native/protocol.ts";
import { type Element, elementReader } from "../../../../provers/coq/native/xml.ts";

/** The elements of a stream that arrives in pieces of a size. */
function read(text: string, size: number): Element[] {
  const elements: Element[] = [];
  const write = elementReader(
    (element) => elements.push(element),
    (message) => {
      throw new Error(message);
    },
  );
  for (let at = 0; at < text.length; at += size) write(text.slice(at, at + size));
  return elements;
}

// As coqidetop 8.16.1 answers `Goal` after `admit.`: feedback before the value.
const answer =
  '<feedback object="state" route="0"><state_id val="5"/><feedback_content val="addedaxiom"/></feedback>' +
  '<feedback object="state" route="0"><state_id val="5"/><feedback_content val="message"><message><message_level val="error"/><option val="none"/><richpp><_><pp>No&nbsp;such&nbsp;&lt;goal&gt;.</pp></_></richpp></message></feedback_content></feedback>' +
  '<value val="good"><option val="some"><goals><list/><list><pair><list/><list><goal><string>3</string><list/><richpp><_><pp>True</pp></_></richpp><option val="none"/></goal></list></pair></list><list/><list><goal><string>2</string><list><richpp><_><pp>n,&nbsp;m&nbsp;:&nbsp;<constr.variable>nat</constr.variable></pp></_></richpp></list><richpp><_><pp><constr.variable>True</constr.variable><constr.notation>&nbsp;/\\</constr.notation>&nbsp;1<constr.notation>&nbsp;=</constr.notation>&nbsp;1</pp></_></richpp><option val="none"/></goal></list></goals></option></value>';

test.each([1, 7, 100_000])("an answer that arrives in pieces of %i characters", (size) => {
  const [assumed, error, value] = read(answer, size);
  expect(readFeedback(assumed!)).toMatchObject({ kind: "assumed", state: 5 });
  expect(readFeedback(error!)).toMatchObject({ kind: "error", state: 5, text: "No such <goal>." });
  expect(readGoals(value!)).toEqual({
    focused: [],
    unfocused: [{ name: null, hypotheses: [], conclusion: "True" }],
    shelved: [],
    givenUp: [{ name: null, hypotheses: ["n, m : nat"], conclusion: "True /\\ 1 = 1" }],
  });
});

test("a failure with its last good state and its words", () => {
  const [value] = read(
    '<value val="fail" loc_s="0" loc_e="12"><state_id val="4"/><richpp><_><pp>The&nbsp;reference&nbsp;x&nbsp;was&nbsp;not&nbsp;found.</pp></_></richpp></value>',
    50,
  );
  expect(readReply(value!, [])).toMatchObject({
    good: false,
    state: 4,
    message: "The reference x was not found.",
  });
});

test("what is sent is escaped, so that a tactic cannot speak the protocol", () => {
  const call = calls.add('idtac "</string></call><call val=\\"Quit\\"/>".', 3);
  expect(call).not.toContain('</string></call><call val="Quit"');
  expect(read(call, 1000)).toHaveLength(1);
});
