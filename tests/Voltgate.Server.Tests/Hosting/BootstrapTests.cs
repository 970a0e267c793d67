using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Hosting;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Hosting;

public sealed class BootstrapTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_first_start_makes_and_shows_an_operator_whose_password_fits_its_hash(string provider)
    {
        await using var server = await TestServer.Start(provider, o => o with { Bootstrap = new BootstrapSection() });

        var made = server.Services.GetRequiredService<FirstOperator>().Made!;
        var notice = server.Services.GetRequiredService<Bootstrap>().Notice()!;
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var hash = await connection.QuerySingleAsync<string>(
            "select password_hash from operators where email = @Email", new { made.Email });

        Assert.True(PasswordHash.Fits(made.Password, hash));
        Assert.False(PasswordHash.Fits(made.Password + "x", hash));
        Assert.StartsWith("pbkdf2-sha256$600000$", hash, StringComparison.Ordinal);
        Assert.Contains(made.Password, notice, StringComparison.Ordinal);
        var key = notice.Split('\n').Single(l => l.Contains("API key")).Split(' ')[^1];
        (await server.Client(key).Get("/me")).MustBe(200);
    }

    [Fact]
    public async Task A_second_start_makes_and_shows_nothing()
    {
        await using var server = await TestServer.Start(configure: o => o with { Bootstrap = new BootstrapSection() });

        await server.Restart();

        Assert.Null(server.Services.GetRequiredService<Bootstrap>().Notice());
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from operators"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from organizations"));
    }

    [Theory]
    [InlineData("0123456789-0123456789-0123456789")]
    [InlineData("vg_test_a-key-of-ones-own-choice-0123456789")]
    public async Task A_given_key_of_any_shape_is_taken_and_not_shown(string key)
    {
        await using var server = await TestServer.Start(configure: o => o with
        {
            Bootstrap = new BootstrapSection { ApiKey = key, OperatorEmail = "" },
        });

        (await server.Client(key).Get("/me")).MustBe(200);
        Assert.Null(server.Services.GetRequiredService<Bootstrap>().Notice());
    }
}
