/** A request: what it answers, the names in its address, what stands behind the "?", and its body. */
export interface Call<Answer, Path = object, Query = object, Body = undefined> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
}
