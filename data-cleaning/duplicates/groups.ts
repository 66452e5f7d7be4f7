/** Disjoint sets of the numbers from 0 on, joined step by step; the smallest member names a set. */
export class Groups {
  private parents: Int32Array;
  private size = 0;

  constructor(room = 1024) {
    this.parents = new Int32Array(room);
  }

  /** Makes sure that the numbers below `count` have sets of their own. */
  grow(count: number): void {
    if (count > this.parents.length) {
      const wider = new Int32Array(Math.max(count, this.parents.length * 2));
      wider.set(this.parents);
      this.parents = wider;
    }
    for (; this.size < count; this.size++) this.parents[this.size] = this.size;
  }

  find(member: number): number {
    let root = member;
    while (this.parents[root] !== root) root = this.parents[root] as number;
    for (let at = member; at !== root; ) {
      const next = this.parents[at] as number;
      this.parents[at] = root;
      at = next;
    }
    return root;
  }

  join(one: number, other: number): void {
    const a = this.find(one);
    const b = this.find(other);
    this.parents[Math.max(a, b)] = Math.min(a, b);
  }

  copy(): Groups {
    const twin = new Groups(this.parents.length);
    twin.parents = this.parents.slice();
    twin.size = this.size;
    return twin;
  }
}
