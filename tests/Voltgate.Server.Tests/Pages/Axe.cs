using System.Text.Json;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Pages;

/// <summary>What of a page not everybody can use, by axe's rules.</summary>
internal static class Axe
{
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly Task<string> Source = File.ReadAllTextAsync(
        Path.Combine(Script.Root, "dashboard", "node_modules", "axe-core", "axe.min.js"));

    public static async Task<IEnumerable<string>> Find(IPage page)
    {
        await page.EvaluateAsync(await Source);
        var found = await page.EvaluateAsync<JsonElement>(
            "async tags => (await axe.run(document, {runOnly: tags})).violations"
            + ".map(v => v.id + ': ' + v.nodes[0].target.join(' ') + ' ' + v.nodes[0].failureSummary)", Rules);
        return [.. found.EnumerateArray().Select(v => v.ToString())];
    }
}
