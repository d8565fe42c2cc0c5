import { Icon } from "./Icon.tsx";
import "./Notice.css";

export type NoticeProps = {
  kind?: "news" | "warning" | "trouble";
  children: React.ReactNode;
};

/** Something the reader should know, where it belongs on the page; trouble is read aloud at once. */
export function Notice({ kind = "news", children }: NoticeProps) {
  return (
    <div className={`notice notice-${kind}`} role={kind === "trouble" ? "alert" : "status"}>
      <Icon name={kind === "news" ? "check" : "warning"} />
      <div>{children}</div>
    </div>
  );
}

export type EmptyProps = {
  title: string;
  children: React.ReactNode;
};

/** What stands where nothing is yet: what belongs here and how to begin. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <section className="empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
