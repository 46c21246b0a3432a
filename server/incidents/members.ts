import type { Member } from './thread.ts';

/** What was added since it was last laid down: the cost of both stays about the root of their number. */
const AT_ONCE = 200;

/**
 * The alerts of an incident, by id. It never changes: `with` gives another that shares what was there before, so that a storm of alerts does not
 * copy all of them for each.
 */
export class Members implements Iterable<Member> {
  #laid: ReadonlyMap<string, Member>;
  #over: ReadonlyMap<string, Member> = new Map();

  constructor(members: Iterable<Member> = []) {
    this.#laid = new Map([...members].map((member) => [member.alert, member]));
  }

  get(alert: string): Member | undefined {
    return this.#over.get(alert) ?? this.#laid.get(alert);
  }

  /** Others with this one, in place of what was there of its alert. */
  with(member: Member): Members {
    const over = new Map(this.#over).set(member.alert, member);
    const next = new Members();
    if (over.size > AT_ONCE) next.#laid = new Map([...this.#laid, ...over]);
    else [next.#laid, next.#over] = [this.#laid, over];
    return next;
  }

  *[Symbol.iterator](): Iterator<Member> {
    for (const [alert, member] of this.#laid) yield this.#over.get(alert) ?? member;
    for (const [alert, member] of this.#over) if (!this.#laid.has(alert)) yield member;
  }
}
