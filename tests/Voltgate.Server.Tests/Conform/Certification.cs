namespace Voltgate.Server.Tests.Conform;

/// <summary>
/// What the certification asks of a central system, for one version: the ids of the Open Charge Alliance's test cases.
/// Those that are about connections are shown by tests of their own, the others by scripts.
/// </summary>
/// <param name="About">What the page says of the list.</param>
internal sealed record Certification(string Version, string About, IReadOnlyList<string> Cases)
{
    /// <summary>Asked only of those who have a feature that may be left out.</summary>
    public IReadOnlyList<string> Conditional { get; init; } = [];

    /// <summary>What the title is, and which tests show it.</summary>
    public IReadOnlyDictionary<string, (string Title, string[] Tests)> Tests { get; init; } =
        new Dictionary<string, (string, string[])>();

    /// <summary>What cannot be asked of this product, and why.</summary>
    public IReadOnlyDictionary<string, string> NotApplicable { get; init; } = new Dictionary<string, string>();

    /// <summary>The subprotocol of which the page shows every message; null: of none.</summary>
    public string? Messages { get; init; }

    public static IReadOnlyList<Certification> All =>
        [Certification16.List, Certification201.List, Certification21.List];
}
