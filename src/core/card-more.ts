/** Who or what is most like one member. */
export interface Similar {
  /** Tags known of the member that are compared. */
  tags: number;
  members: {
    id: string;
    title: string;
    /** 0 to 1: mean agreement over the tags known for both. */
    similarity: number;
    /** Tags known for both. */
    of: number;
    /** What both have and few others, rarest first. */
    shared: { title: string; value: string }[];
  }[];
}
/** A field that tells who somebody is, given out only when asked for. */
export interface PersonalField {
  field: 'name' | 'email' | 'phone' | 'birth_date';
  value: string | null;
}
