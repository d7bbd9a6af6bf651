var items = [["城区供水管网改造公告", "2031-04-16"], ["城区道路施工通行公告", "2031-04-12"], ["城区公交线路调整公告", "2031-03-28"]];
document.getElementById("list").innerHTML = items.map((r) => `<li><a href="/b/${r[1]}.html">${r[0]}</a><b>${r[1]}</b></li>`).join("");
