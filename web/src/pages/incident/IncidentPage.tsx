export function IncidentPage() {
  return <p>soon</p>;
}
