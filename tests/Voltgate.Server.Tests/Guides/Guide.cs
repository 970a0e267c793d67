using System.Text;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Guides;

/// <summary>A block that is run, what its output must contain, and what the guide shows as its answer.</summary>
internal sealed record GuideStep(int Line, string Commands, IReadOnlyList<string> Expected, string? Shown);

/// <summary>
/// A page of docs/guides, as far as it can be run. <c>```bash</c> is run, other fences are not. After it,
/// <c>&lt;!-- expect: text --&gt;</c> claims what it says, and <c>```json</c> shows what it answers.
/// <c>&lt;!-- file: name --&gt;</c> before a fence names the file that the reader saves it as.
/// </summary>
internal sealed partial class Guide
{
    private Guide(IReadOnlyList<GuideStep> steps, IReadOnlyDictionary<string, string> files) =>
        (Steps, Files) = (steps, files);

    public IReadOnlyList<GuideStep> Steps { get; }

    public IReadOnlyDictionary<string, string> Files { get; }

    public static Guide Read(string text)
    {
        var (steps, files) = (new List<GuideStep>(), new Dictionary<string, string>());
        foreach (Match part in Parts().Matches(text))
        {
            var line = text.AsSpan(0, part.Index).Count('\n') + 1;
            if (part.Groups["expect"] is { Success: true } expect)
                steps[^1] = steps[^1] with { Expected = [.. steps[^1].Expected, expect.Value] };
            else if (part.Groups["file"] is { Success: true } file) files.Add(file.Value, part.Groups["code"].Value);
            else if (part.Groups["kind"].Value == "bash")
                steps.Add(new GuideStep(line, part.Groups["code"].Value, [], null));
            else if (part.Groups["kind"].Value == "json" && steps.Count > 0 && steps[^1].Shown is null)
                steps[^1] = steps[^1] with { Shown = part.Groups["code"].Value };
        }

        return new Guide(steps, files);
    }

    /// <summary>
    /// Every block in its order, in one shell, with a line before each that says which it is, and one at the end: what
    /// was complained of stands behind that.
    /// </summary>
    public string Script(string marker) => Steps.Index().Aggregate(
        new StringBuilder(),
        (script, step) => script.Append($"echo; echo '{marker}{step.Index}'\n").Append(step.Item.Commands))
        .Append($"echo; echo '{marker}end'\n").ToString();

    [GeneratedRegex(
        @"^<!-- expect: (?<expect>[^\n]+) -->$|(^<!-- file: (?<file>\S+) -->\n)?^```(?<kind>\w+)\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Parts();
}
