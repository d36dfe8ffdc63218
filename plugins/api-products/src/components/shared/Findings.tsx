import { StatusText } from './StatusText';

/** What of a record's entity is not done, and why. */
export function Findings({ findings = [] }: { findings?: string[] }) {
  return (
    <>
      {findings.map(finding => (
        <div key={finding}>
          <StatusText tone="warning">{finding}</StatusText>
        </div>
      ))}
    </>
  );
}
