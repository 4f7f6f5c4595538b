// The page is whole without this: it only lets a click on a heading sort a table.
for (const table of document.querySelectorAll("table:not(.flow)")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  if (table.tBodies.length !== 1 || body.rows.length < 3) continue;
  const key = (row, i) => {
    const cell = row.cells[i] ?? row.cells[row.cells.length - 1];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.onclick = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => {
        const [x, y] = [key(a, i), key(b, i)];
        const order = x - y || 0;
        return order || (isNaN(x - y) ? x.localeCompare(y, undefined, {numeric: true}) : 0);
      });
      body.append(...(down ? rows.reverse() : rows));
    };
  });
}
