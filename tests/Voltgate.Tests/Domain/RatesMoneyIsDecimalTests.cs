using System.Reflection;
using Voltgate.Domain;

namespace Voltgate.Tests.Domain;

/// <summary>D23: money and energy never pass through a binary fraction, so the whole floor has none.</summary>
public sealed class RatesMoneyIsDecimalTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void D23_MoneyIsDecimal()
    {
        Assert.Empty(typeof(Money).Assembly.GetTypes().SelectMany(Fractions));
    }

    [Theory]
    [InlineData(nameof(Planted.Field))]
    [InlineData(nameof(Planted.Property))]
    [InlineData(nameof(Planted.Parameter))]
    [InlineData(nameof(Planted.Local))]
    [InlineData(nameof(Planted.Nested))]
    public void The_search_finds_a_planted_fraction(string member)
    {
        Assert.Contains(Fractions(typeof(Planted)), found => found.Contains(member, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Fractions(Type type)
    {
        foreach (var field in type.GetFields(All))
            if (IsFraction(field.FieldType))
                yield return $"{type}.{field.Name}";
        foreach (var property in type.GetProperties(All))
            if (IsFraction(property.PropertyType))
                yield return $"{type}.{property.Name}";
        foreach (var method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
            if (TypesIn(method).Any(IsFraction))
                yield return $"{type}.{method.Name}";
    }

    private static IEnumerable<Type> TypesIn(MethodBase method) =>
    [
        .. method.GetParameters().Select(p => p.ParameterType),
        .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
        .. method.GetMethodBody()?.LocalVariables.Select(l => l.LocalType) ?? [],
    ];

    private static bool IsFraction(Type type) =>
        type == typeof(double) || type == typeof(float) || type == typeof(Half)
        || (type.HasElementType && IsFraction(type.GetElementType()!))
        || type.GetGenericArguments().Any(IsFraction);

    private sealed class Planted
    {
        public readonly float Field = 1;

        public double? Property { get; init; }

        public static void Parameter(ref double value) => value++;

        public static int Local(int value)
        {
            var half = value * 0.5;
            half += Math.Sqrt(half);
            return half > 1 && half < 9 ? (int)half : 0;
        }

        public static List<double[]> Nested() => [];
    }
}
