import { Component } from "react";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../ui/words/useWords.ts";
import { isPartMissing } from "./part.ts";

type BrokenProps = { children: React.ReactNode };
type BrokenState = { readonly error: unknown };

/** Holds what breaks while it is drawn, so that the rest of the page stays; another address is tried anew. */
export class Broken extends Component<BrokenProps, BrokenState> {
  override state: BrokenState = { error: null };

  static getDerivedStateFromError(error: unknown): BrokenState {
    return { error: error ?? new Error() };
  }

  override componentDidMount(): void {
    addEventListener("hashchange", this.#again);
  }

  override componentWillUnmount(): void {
    removeEventListener("hashchange", this.#again);
  }

  override render(): React.ReactNode {
    const { error } = this.state;
    return error ? <Told error={error} /> : this.props.children;
  }

  readonly #again = () => {
    if (this.state.error) this.setState({ error: null });
  };
}

/** What broke, and the way on: a newer version of the app has other parts than an old page asks for. */
function Told({ error }: { error: unknown }) {
  const { say } = useWords();
  return (
    <div className="shell-content">
      <Notice kind="trouble">
        <p>{say(isPartMissing(error) ? "part_missing" : "page_broken")}</p>
        <Button onPress={() => location.reload()}>{say("reload")}</Button>
      </Notice>
    </div>
  );
}
