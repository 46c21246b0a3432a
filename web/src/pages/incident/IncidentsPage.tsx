export function IncidentsPage() {
  return <p>soon</p>;
}
