import type { OpenGoals, PrintedGoal } from "../toplevel.ts";
import { type Element, elementsOf, escapeText, find, textOf } from "./xml.ts";

/** The calls of coqidetop's XML protocol (Coq's dev/doc/xml-protocol.md) that we make. */
export const calls = {
  about: '<call val="About"><unit/></call>',
  init: '<call val="Init"><option val="none"/></call>',
  goal: '<call val="Goal"><unit/></call>',
  status: '<call val="Status"><bool val="true"/></call>',
  editAt: (place: number) => `<call val="Edit_at"><state_id val="${place}"/></call>`,
  add: (sentence: string, after: number) =>
    `<call val="Add"><pair><pair><pair><pair><string>${escapeText(sentence)}</string><int>-1</int></pair><pair>` +
    `<state_id val="${after}"/><bool val="false"/></pair></pair><int>0</int></pair><pair><int>0</int><int>0</int></pair></pair></call>`,
  query: (command: string, at: number, route: number) =>
    `<call val="Query"><pair><route_id val="${route}"/><pair><string>${escapeText(command)}</string>` +
    `<state_id val="${at}"/></pair></pair></call>`,
};

/** The answer to one call, with the feedback that came before it. */
export interface Reply {
  readonly good: boolean;
  readonly value: Element;
  /** The state that a value names: the new one of `Add`, the last good one of a failure. 0: none. */
  readonly state: number;
  /** What a failure says. */
  readonly message: string;
  readonly feedback: readonly Feedback[];
}

export interface Feedback {
  readonly state: number;
  readonly route: number;
  readonly kind: "error" | "message" | "assumed" | "other";
  readonly text: string;
}

export function readReply(value: Element, feedback: readonly Feedback[]): Reply {
  const state = Number(find(value, "state_id")?.attributes.val ?? 0);
  const good = value.attributes.val === "good";
  return { good, value, state, message: good ? "" : messageText(value), feedback };
}

export function readFeedback(element: Element): Feedback {
  const content = find(element, "feedback_content");
  const state = Number(find(element, "state_id")?.attributes.val ?? 0);
  const route = Number(element.attributes.route ?? 0);
  const of = content?.attributes.val;
  if (of === "addedaxiom") return { state, route, kind: "assumed", text: "" };
  if (of !== "message" || content === null) return { state, route, kind: "other", text: "" };
  const level = find(content, "message_level")?.attributes.val;
  return { state, route, kind: level === "error" ? "error" : "message", text: messageText(content) };
}

function messageText(element: Element): string {
  const rich = find(element, "richpp");
  return (rich === null ? textOf(element) : textOf(rich)).trim();
}

/** The goals in a reply to `Goal`; null when no proof is open. */
export function readGoals(value: Element): OpenGoals | null {
  const goals = find(value, "goals");
  if (goals === null) return null;
  const [focused, unfocused, shelved, givenUp] = elementsOf(goals);
  return {
    focused: goalsIn(focused),
    unfocused: goalsIn(unfocused),
    shelved: goalsIn(shelved),
    givenUp: goalsIn(givenUp),
  };
}

/** The goals of a list, or of the pairs of lists in which those out of focus come. */
function goalsIn(list: Element | undefined): PrintedGoal[] {
  if (list === undefined) return [];
  if (list.name === "goal") return [readGoal(list)];
  return elementsOf(list).flatMap(goalsIn);
}

function readGoal(goal: Element): PrintedGoal {
  const [, hypotheses, conclusion, name] = elementsOf(goal);
  return {
    name: name?.attributes.val === "some" ? textOf(name) : null,
    hypotheses: hypotheses === undefined ? [] : elementsOf(hypotheses).map(textOf),
    conclusion: conclusion === undefined ? "" : textOf(conclusion),
  };
}
