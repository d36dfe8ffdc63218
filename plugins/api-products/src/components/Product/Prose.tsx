import { MarkdownContent } from '@backstage/core-components';

/** Text of owners, in Markdown. What is HTML in it is shown as text, never run. */
export function Prose({ content }: { content: string }) {
  return <MarkdownContent content={content} dialect="gfm" />;
}
