using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Voltgate.Ocpp;

/// <summary>The versions that share one set of records: 2.1 has all that 2.0.1 has, and more.</summary>
public enum Edition
{
    V201,
    V21,
}

/// <summary>From which edition on there is a field of a record or a word of an enum; without it: in all.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class SinceAttribute(Edition edition) : Attribute
{
    public Edition Edition => edition;

    /// <summary>Takes out of a record's JSON what an edition does not know yet.</summary>
    internal static Action<JsonTypeInfo> LeaveOutAfter(Edition edition) => info =>
    {
        var added = info.Type.GetConstructors().SelectMany(c => c.GetParameters())
            .Where(p => p.GetCustomAttribute<SinceAttribute>() is { } since && since.Edition > edition)
            .Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = info.Properties.Count - 1; i >= 0; i--)
        {
            // limit_L2 is the parameter LimitL2.
            var name = info.Properties[i].Name.Replace("_", "", StringComparison.Ordinal);
            if (added.Contains(name)) info.Properties.RemoveAt(i);
        }
    };
}

/// <summary>Which of an enum's words came with a later edition than the first.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, Edition> Added = typeof(T)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (Word: (T)f.GetValue(null)!, Since: f.GetCustomAttribute<SinceAttribute>()))
        .Where(f => f.Since is not null)
        .ToFrozenDictionary(f => f.Word, f => f.Since!.Edition);

    public static bool Has(T word, Edition edition) => !Added.TryGetValue(word, out var since) || since <= edition;
}
